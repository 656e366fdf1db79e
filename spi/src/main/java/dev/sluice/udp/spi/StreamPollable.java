// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Objects;

/**
 * The pollable of one stream: those that wait for it, on top of the transport's one-shot callback (P3). However many
 * wait, the transport is armed once.
 */
final class StreamPollable implements Pollable {

    /** The stream's side of it. */
    interface Direction {
        /** Whether it is ready: asks the kernel where it has to. */
        boolean ready();

        /** Whether the stream has ended. */
        boolean hasEnded();

        /** Whether it is ready without the kernel being asked: it has ended, or an error is kept. */
        boolean isReadyWithoutKernel();

        /** Arms the transport, unless the stream has ended. */
        void arm(Runnable fired) throws IOException;

        /** The transport's callback came: whether its report is still true. */
        boolean confirm();

        /** Waits in the transport, on the calling thread; false if that is not possible. */
        boolean await(long nanos);

        /** Ends a wait in the transport. */
        void wakeup();

        /** The stream's text, for logging. */
        String describe();
    }

    private final Direction direction;

    /** Guards the list of those that wait, and {@link #armed}. Nothing blocks under it and nothing foreign runs. */
    private final Object lock = new Object();

    private Waiter first;
    private Waiter last;
    private boolean armed;

    private final CallerWait callerWait;

    /** What the transport is given to call. */
    private final Report report = new Report(this);

    StreamPollable(Direction direction) {
        this.direction = direction;
        this.callerWait = new CallerWait(direction);
    }

    /**
     * The transport's callback. It holds the stream, and so the socket, only while an action waits: the transport stays
     * armed when the last one is cancelled, and a socket that is dropped then is to be collected (U7).
     */
    private static final class Report implements Runnable {
        private final WeakReference<StreamPollable> pollable;

        /** Guarded by the pollable's lock, and read by the garbage collector alone. */
        private StreamPollable held;

        Report(StreamPollable pollable) {
            this.pollable = new WeakReference<>(pollable);
        }

        @Override
        public void run() {
            StreamPollable stream = pollable.get();
            if (stream != null) {
                stream.fired();
            }
        }
    }

    /** One registration; its place in the list is its own field, so that waking allocates nothing (P5). */
    private final class Waiter extends Actions.Entry implements Registration {
        private Runnable action; // guarded by the lock; null once it runs or was cancelled
        private Waiter previous;
        private Waiter following;
        private boolean listed;
        private boolean looksAgain;

        Waiter(Runnable action) {
            this.action = action;
        }

        @Override
        void run() {
            Runnable taken;
            synchronized (lock) {
                taken = action;
            }
            if (taken == null || (looksAgain && !ready() && waitsAgain())) {
                return;
            }
            synchronized (lock) {
                action = null;
            }
            taken.run();
        }

        /** Registered by an action that then used up what was ready. If waiting fails, the action looks for itself. */
        private boolean waitsAgain() {
            looksAgain = false;
            try {
                waitFor(this);
                return true;
            } catch (UncheckedIOException e) {
                return false;
            }
        }

        /**
         * The transport stays armed, and its thread alive, until the next event or the end of the socket: to take that back
         * and give it again would cost each wait with a timeout two system calls.
         */
        @Override
        public void cancel() {
            synchronized (lock) {
                action = null;
                unlist(this);
            }
        }
    }

    @Override
    public boolean ready() {
        return direction.ready();
    }

    @Override
    public boolean hasEnded() {
        return direction.hasEnded();
    }

    @Override
    public Registration onReady(Runnable action) {
        Waiter waiter = new Waiter(Objects.requireNonNull(action, "action"));
        if (ready()) {
            waiter.looksAgain = Actions.isRunning();
            Actions.run(waiter);
        } else {
            waitFor(waiter);
        }
        return waiter;
    }

    private void waitFor(Waiter waiter) {
        synchronized (lock) {
            if (waiter.action == null) {
                return;
            }
            list(waiter);
        }
        boolean waits = false;
        try {
            arm();
            waits = true;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    e instanceof SocketErrorException known ? known : SocketErrors.of(Operation.WAIT, e));
        } finally {
            if (!waits) {
                waiter.cancel();
            }
        }
    }

    private void list(Waiter waiter) {
        waiter.listed = true;
        waiter.previous = last;
        if (last == null) {
            first = waiter;
            report.held = this;
        } else {
            last.following = waiter;
        }
        last = waiter;
    }

    private void unlist(Waiter waiter) {
        if (!waiter.listed) {
            return;
        }
        waiter.listed = false;
        if (waiter.previous == null) {
            first = waiter.following;
        } else {
            waiter.previous.following = waiter.following;
        }
        if (waiter.following == null) {
            last = waiter.previous;
        } else {
            waiter.following.previous = waiter.previous;
        }
        if (first == null) {
            report.held = null;
        }
        waiter.previous = null;
        waiter.following = null;
    }

    private void arm() throws IOException {
        boolean arming;
        synchronized (lock) {
            arming = !armed && first != null;
            armed |= arming;
        }
        if (arming) {
            armTransport();
        }
        // The kernel's events can't be missed, for arming is level-triggered. The end of the stream, or an error kept
        // meanwhile by another thread, could have been, and also by a caller that finds the transport armed already.
        if (direction.isReadyWithoutKernel()) {
            wake();
        }
    }

    private void armTransport() throws IOException {
        boolean done = false;
        try {
            direction.arm(report);
            done = true;
        } finally {
            if (!done) { // for want of memory, a thread or descriptors: the next one tries again
                synchronized (lock) {
                    armed = false;
                }
            }
        }
    }

    /** On the provider's waiting thread. */
    private void fired() {
        boolean holds =
                direction.confirm(); // before anything can arm anew: an old report says nothing of a later epoch
        synchronized (lock) {
            armed = false;
        }
        if (!holds) {
            try {
                arm();
                return;
            } catch (IOException | RuntimeException | Error e) { // those that wait look, arm again, and get the reason
                Actions.report(e);
            }
        }
        wake();
    }

    /** Runs the actions of all that wait. Under no lock of the socket's. */
    void wake() {
        Actions.Entry woken = null;
        synchronized (lock) {
            Waiter waiter = last;
            while (waiter != null) {
                Waiter before = waiter.previous;
                unlist(waiter);
                waiter.next = woken;
                woken = waiter;
                waiter = before;
            }
        }
        callerWait.wakeup();
        if (woken != null) {
            Actions.run(woken);
        }
    }

    @Override
    public void block() throws InterruptedException {
        if (!callerWait.untilReady(Long.MAX_VALUE)) {
            Pollable.super.block();
        }
    }

    @Override
    public boolean block(Duration timeout) throws InterruptedException {
        long nanos = nanos(timeout);
        long start = System.nanoTime();
        if (callerWait.untilReady(nanos)) {
            return true;
        }
        long rest = nanos - (System.nanoTime() - start);
        return Pollable.super.block(Duration.ofNanos(rest));
    }

    static long nanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException tooLong) { // 292 years
            return timeout.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }

    @Override
    public String toString() {
        return direction.describe();
    }
}
