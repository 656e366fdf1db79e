// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import dev.sluice.udp.Pollable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A pollable that becomes ready at an instant of {@link System#nanoTime}; its actions run on the JDK's timer thread. */
public record Timer(long instant) implements Pollable {

    /** Ready after a time, an unsigned number of nanoseconds. */
    public static Timer after(long nanos) {
        // nanoTime values are compared by difference, so the range of a long allows half of it as the longest time.
        long most = Long.MAX_VALUE / 2;
        return new Timer(System.nanoTime() + (nanos < 0 ? most : Math.min(nanos, most)));
    }

    @Override
    public boolean ready() {
        return instant - System.nanoTime() <= 0;
    }

    @Override
    public Registration onReady(Runnable action) {
        CompletableFuture<Void> timer = new CompletableFuture<>();
        timer.thenRun(action);
        timer.completeOnTimeout(null, Math.max(0, instant - System.nanoTime()), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }
}
