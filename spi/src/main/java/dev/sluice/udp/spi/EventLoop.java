// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.Rule;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.time.Duration;

/**
 * The thread that waits for the sockets of a provider ({@link Rule#P3 P3}), over whatever {@link Multiplexer} the
 * provider has. It is started when the first socket is waited for, and ends when none was for some time; the
 * multiplexer lives as long as the thread. A transport takes part through an {@link EventRegistration}.
 *
 * <p>The thread depends on nothing that it serves ({@link Rule#P5 P5}). It is a daemon, of the topmost thread group,
 * without inherited thread locals and without a context class loader. What a callback throws goes to the thread's
 * uncaught-exception handler, and what that throws is ignored. An interrupt is cleared. If the multiplexer fails,
 * everything that waits is woken, so that it looks and asks again. If the thread can't be started,
 * {@link EventRegistration#arm} fails, and the next one tries again.
 */
public final class EventLoop {
    /** How long {@link #stop} waits for a callback that is running. */
    private static final long MOST_JOIN_MILLIS = 5_000;

    /** What a multiplexer may ask of the loop that owns it. All are safe on any thread. */
    public interface Context {
        /**
         * Says whether the loop has something to do, so that its multiplexer must not wait now. A multiplexer whose wakeup
         * can be lost asks this after it has announced that it is about to wait.
         *
         * @return whether it has
         */
        boolean hasWork();

        /**
         * Runs a task on the loop's thread, soon. A task that comes after the end of the thread is dropped.
         *
         * @param task what to run
         */
        void execute(Runnable task);

        /**
         * Says whether the calling thread is the loop's.
         *
         * @return whether it is
         */
        boolean isLoopThread();
    }

    private final String threadName;
    private volatile long idleNanos;
    private final Multiplexer.Factory factory;

    // Guarded by this.
    private LoopRun run;
    private boolean stopped;

    /**
     * A loop, which opens nothing and starts nothing yet.
     *
     * @param threadName what its thread is called
     * @param idle how long the thread stays without a socket to wait for
     * @param factory opens its multiplexer
     */
    public EventLoop(String threadName, Duration idle, Multiplexer.Factory factory) {
        this.threadName = threadName;
        this.factory = factory;
        setIdle(idle);
    }

    /**
     * Changes how long the thread stays without a socket to wait for.
     *
     * @param idle the time
     */
    public final void setIdle(Duration idle) {
        idleNanos = Math.max(1, idle.toNanos());
    }

    /** A socket begins to wait. */
    synchronized LoopRun enter(EventRegistration registration) throws IOException {
        if (run == null) {
            run = start();
        }
        run.add(registration);
        return run;
    }

    private LoopRun start() throws IOException {
        if (stopped) {
            throw new SocketErrorException(ErrorCode.INVALID_STATE, "the provider was stopped");
        }
        LoopRun next = new LoopRun(this, factory);
        try {
            next.start(threadName);
        } catch (OutOfMemoryError e) { // what Thread.start throws when the system has no thread left, too
            throw new SocketErrorException(
                    ErrorCode.OUT_OF_MEMORY, "wait: the thread that waits can't be started", 0, e, true);
        }
        return next;
    }

    /** A socket doesn't wait any more. */
    synchronized void leave(EventRegistration registration, LoopRun its) {
        its.remove(registration);
        if (!its.isWaitedFor()) {
            its.wakeup(); // to count its idle time from now on
        }
    }

    /** How long a run is to wait now: 0 if it has ended, after which no socket enters it. */
    synchronized long nextWait(LoopRun its) {
        long wait = its.isWaitedFor() ? Long.MAX_VALUE : idleNanos - its.idleFor();
        if (!stopped && (wait > 0 || its.hasWork())) {
            return Math.max(1, wait);
        }
        if (run == its) {
            run = null;
        }
        return 0;
    }

    /** Wakes every socket that waits in a run. */
    synchronized void wakeAll(LoopRun its) {
        its.enqueueAll();
    }

    /**
     * Ends the thread, and waits for that, unless called on it: at most for the callback that is running. Idempotent.
     * Nothing can wait afterwards.
     */
    public void stop() {
        LoopRun last;
        synchronized (this) {
            stopped = true;
            last = run;
        }
        if (last != null) {
            last.stop(MOST_JOIN_MILLIS);
        }
    }
}
