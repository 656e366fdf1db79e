// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Says on standard error how many datagrams have been sent, when it takes long: in one line that is drawn again on a
 * terminal, else in a line after ten seconds, and then after twice as long each time.
 */
final class SendProgress implements Throttle {
    private static final long DRAW_FIRST = TimeUnit.SECONDS.toNanos(1);
    private static final long REDRAW_EVERY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PRINT_FIRST = TimeUnit.SECONDS.toNanos(10);

    private final Stdio io;
    private final Throttle throttle;
    private final long start = System.nanoTime();
    private long interval;
    private long lastShown = start;
    private long datagrams;
    private boolean isDrawn;

    SendProgress(Stdio io, Throttle throttle) {
        this.io = io;
        this.throttle = throttle;
        this.interval = io.terminal() ? DRAW_FIRST : PRINT_FIRST;
    }

    @Override
    public int admit(DatagramBatch batch, int from) throws InterruptedException {
        return throttle.admit(batch, from);
    }

    @Override
    public void sent(DatagramBatch batch, int from, int to) {
        throttle.sent(batch, from, to);
        datagrams += to - from;
        long now = System.nanoTime();
        if (now - lastShown < interval) {
            return;
        }
        lastShown = now;
        String state = String.format(
                Locale.ROOT, "sent %,d datagrams in %,d s", datagrams, TimeUnit.NANOSECONDS.toSeconds(now - start));
        if (io.terminal()) {
            io.redraw(state);
            interval = REDRAW_EVERY;
        } else {
            io.err().println(state + " ...");
            interval *= 2;
        }
    }
}
