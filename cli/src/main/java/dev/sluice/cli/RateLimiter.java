// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits a sender to so many datagrams per second. What is due is sent together, since no timer wakes often enough for high rates; but what
 * was missed while the input or the network was slow is caught up for a hundredth of a second only, not in one burst.
 * What would be due after its end is not waited for.
 */
final class RateLimiter implements Throttle {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double CATCH_UP = NANOS_PER_SECOND / 100;

    /** The time, and how to sleep; tests have a clock of their own. */
    interface Clock extends LongSupplier {
        void sleep(long nanos) throws InterruptedException;

        Clock SYSTEM = new Clock() {
            @Override
            public long getAsLong() {
                return System.nanoTime();
            }

            @Override
            public void sleep(long nanos) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(nanos);
            }
        };
    }

    private final Clock clock;
    private final double interval;
    private final long most;
    private final long start;

    /** When the next datagram is due, in nanoseconds since the start. */
    private double due;

    /** One without an end. */
    RateLimiter(double perSecond, Clock clock) {
        this(perSecond, Long.MAX_VALUE, clock);
    }

    /**
     * One that ends.
     *
     * @param most for how many nanoseconds anything may go
     */
    RateLimiter(double perSecond, long most, Clock clock) {
        this.clock = clock;
        this.most = most;
        this.interval = NANOS_PER_SECOND / perSecond;
        this.start = clock.getAsLong();
    }

    @Override
    public int admit(DatagramBatch batch, int from) throws InterruptedException {
        double now = now();
        while (now < due && due < most) {
            clock.sleep((long) Math.ceil(due - now));
            now = now();
        }
        if (Math.max(now, due) >= most) {
            return 0;
        }
        due = Math.max(due, now - CATCH_UP);
        return (int) Math.min(batch.size() - from, 1 + (now - due) / interval);
    }

    private double now() {
        return clock.getAsLong() - start;
    }

    @Override
    public void sent(DatagramBatch batch, int from, int to) {
        due += (to - from) * interval;
    }
}
