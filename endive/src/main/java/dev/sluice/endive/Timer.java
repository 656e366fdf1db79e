package dev.sluice.endive;

import dev.sluice.udp.Pollable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A pollable that becomes ready at an instant of {@link System#nanoTime}, on the JDK's own timer thread. */
record Timer(long instant) implements Pollable {

    /** In nanoseconds; what doesn't fit is {@link Long#MAX_VALUE}. */
    static long nanos(Duration time) {
        try {
            return Math.max(0, time.toNanos());
        } catch (ArithmeticException tooLong) {
            return time.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }

    /** Ready after a time, which is unsigned. */
    static Timer after(long nanos) {
        // nanoTime is compared by difference, so half of what a long can say is the farthest future.
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
