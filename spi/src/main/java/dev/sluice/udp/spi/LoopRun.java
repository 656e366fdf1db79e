// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.spi.EventLoop.Context;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread of an {@link EventLoop} from one start to its end, with its multiplexer. Events wait here in a list through
 * the registrations themselves, so that nothing is allocated between disarming a socket and notifying it (P5).
 */
final class LoopRun implements Context, Runnable {
    /** Between a multiplexer's failure and the next attempt: it must not spin. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final EventLoop loop;
    private final Multiplexer multiplexer;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Actions actions = Actions.ofLoop();
    private Thread thread;
    private volatile boolean stopped;

    /** The registrations that wait, a list. Guarded by the loop, as is {@link #idleSince}. */
    private EventRegistration firstWaiting;

    private long idleSince = System.nanoTime();

    /** Guards the list of those whose event has come. Nothing blocks under it. */
    private final Object queue = new Object();

    private volatile EventRegistration firstDue;
    private EventRegistration lastDue;

    /** When to wake everything for another attempt (System.nanoTime); 0 for never. */
    private volatile long retryAt;

    LoopRun(EventLoop loop, Multiplexer.Factory factory) throws IOException {
        this.loop = loop;
        this.multiplexer = factory.open(this);
    }

    /** Starts the thread; if that fails, what was opened is closed. */
    void start(String name) {
        boolean started = false;
        try {
            thread = new IsolatedThread(this, name);
            thread.start();
            started = true;
        } finally {
            if (!started) {
                multiplexer.close();
            }
        }
    }

    Multiplexer multiplexer() {
        return multiplexer;
    }

    // Under the loop's monitor

    void add(EventRegistration registration) {
        registration.nextWaiting = firstWaiting;
        registration.previousWaiting = null;
        if (firstWaiting != null) {
            firstWaiting.previousWaiting = registration;
        }
        firstWaiting = registration;
    }

    void remove(EventRegistration registration) {
        EventRegistration next = registration.nextWaiting;
        EventRegistration previous = registration.previousWaiting;
        if (next != null) {
            next.previousWaiting = previous;
        }
        if (previous != null) {
            previous.nextWaiting = next;
        } else {
            firstWaiting = next;
        }
        registration.nextWaiting = null;
        registration.previousWaiting = null;
        idleSince = System.nanoTime();
    }

    boolean isWaitedFor() {
        return firstWaiting != null;
    }

    long idleFor() {
        return System.nanoTime() - idleSince;
    }

    void enqueueAll() {
        for (EventRegistration waiting = firstWaiting; waiting != null; waiting = waiting.nextWaiting) {
            enqueue(waiting, EventRegistration.BOTH);
        }
    }

    // From any thread

    /** Queues a registration whose event has come, to be notified on the thread. */
    void enqueue(EventRegistration registration, int ready) {
        synchronized (queue) {
            if (registration.due == 0) {
                registration.nextDue = null;
                if (firstDue == null) {
                    firstDue = registration;
                } else {
                    lastDue.nextDue = registration;
                }
                lastDue = registration;
            }
            registration.due |= ready;
        }
        wakeup();
    }

    /** Wakes everything that waits after a pause: the system refused a request that it may grant later. */
    void retryLater() {
        long at = System.nanoTime() + PAUSE_NANOS;
        retryAt = at == 0 ? 1 : at;
        wakeup();
    }

    void wakeup() {
        if (!isLoopThread()) {
            multiplexer.wakeup();
        }
    }

    @Override
    public boolean hasWork() {
        return firstDue != null || stopped || !tasks.isEmpty() || actions.isPending();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        wakeup();
    }

    @Override
    public boolean isLoopThread() {
        return Thread.currentThread() == thread;
    }

    void stop(long mostMillis) {
        stopped = true;
        wakeup();
        if (!isLoopThread()) {
            try {
                thread.join(mostMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // On the thread

    @Override
    public void run() {
        try {
            actions.attach();
            long nanos = loop.nextWait(this);
            while (nanos > 0) {
                iterate(nanos);
                nanos = loop.nextWait(this);
            }
        } finally {
            multiplexer.close();
        }
    }

    private void iterate(long nanos) {
        Thread.interrupted(); // an interrupt would end each wait at once
        try {
            multiplexer.await(hasWork() ? 0 : Math.min(nanos, untilRetry()));
        } catch (Throwable failure) { // whatever it is, it may be over soon; until then those that wait look for
            // themselves
            Actions.report(failure);
            LockSupport.parkNanos(PAUSE_NANOS);
            loop.wakeAll(this);
        }
        if (retryAt != 0 && untilRetry() <= 0) {
            retryAt = 0;
            loop.wakeAll(this);
        }
        runTasks();
        notifyDue();
        actions.resume();
    }

    private long untilRetry() {
        long at = retryAt;
        return at == 0 ? Long.MAX_VALUE : Math.max(0, at - System.nanoTime());
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            try {
                task.run();
            } catch (Throwable thrown) {
                Actions.report(thrown);
            }
        }
    }

    /** Notifies those whose event has come by now. An event that a callback causes waits for the next iteration. */
    private void notifyDue() {
        EventRegistration next;
        synchronized (queue) {
            next = firstDue;
            firstDue = null;
            lastDue = null;
        }
        while (next != null) {
            EventRegistration registration = next;
            int ready;
            synchronized (queue) {
                next = registration.nextDue;
                registration.nextDue = null;
                ready = registration.due;
                registration.due = 0;
            }
            try {
                registration.notifyReady(ready);
            } catch (Throwable thrown) { // one socket's failure is not another's
                Actions.report(thrown);
            }
        }
    }
}
