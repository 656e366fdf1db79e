package dev.sluice.endive;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Interrupts a thread when its time is over, but not a moment after it was closed. */
final class Watchdog implements AutoCloseable {
    private final Thread watched = Thread.currentThread();
    private final CompletableFuture<Void> timer = new CompletableFuture<>();
    private boolean closed;
    private boolean barked;

    private Watchdog() {}

    /** Over the calling thread. */
    static Watchdog over(Duration time) {
        Watchdog dog = new Watchdog();
        long nanos = Timer.nanos(time);
        if (nanos < Long.MAX_VALUE) {
            dog.timer.completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
            dog.timer.thenRun(dog::bark);
        }
        return dog;
    }

    private synchronized void bark() {
        if (!closed) {
            barked = true;
            watched.interrupt();
        }
    }

    synchronized boolean hasBarked() {
        return barked;
    }

    /** Takes its interruption back, if the guest didn't notice it. */
    @Override
    public synchronized void close() {
        closed = true;
        timer.cancel(false);
        if (barked) {
            Thread.interrupted();
        }
    }
}
