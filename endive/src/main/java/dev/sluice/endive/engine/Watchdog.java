// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Interrupts a thread when its time is over, and never after it was closed. */
public final class Watchdog implements AutoCloseable {
    private final Thread watched = Thread.currentThread();
    private final CompletableFuture<Void> timer = new CompletableFuture<>();
    private boolean closed;
    private boolean fired;

    private Watchdog() {}

    /** A watchdog for the calling thread. */
    public static Watchdog over(Duration time) {
        Watchdog watchdog = new Watchdog();
        long nanos = nanos(time);
        if (nanos < Long.MAX_VALUE) {
            watchdog.timer.completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
            watchdog.timer.thenRun(watchdog::fire);
        }
        return watchdog;
    }

    /** In nanoseconds; what doesn't fit is {@link Long#MAX_VALUE}. */
    static long nanos(Duration time) {
        try {
            return Math.max(0, time.toNanos());
        } catch (ArithmeticException tooLong) {
            return time.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }

    private synchronized void fire() {
        if (!closed) {
            fired = true;
            watched.interrupt();
        }
    }

    /** Whether it has interrupted the thread. */
    public synchronized boolean hasFired() {
        return fired;
    }

    /** Clears the thread's interrupt status if the watchdog set it. */
    @Override
    public synchronized void close() {
        closed = true;
        timer.cancel(false);
        if (fired) {
            Thread.interrupted();
        }
    }
}
