package dev.sluice.udp.spi;

import dev.sluice.udp.Pollable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The pollable of one stream: who waits for it, on top of the transport's one-shot callback (P3). However many wait, the
 * transport is armed once.
 */
final class StreamPollable implements Pollable {

    /** The stream's side of it. */
    interface Direction {
        /** Whether it is ready: asks the kernel where it has to. */
        boolean ready();

        /** Whether it is ready without the kernel's having a word in it: it has ended, or an error is kept. */
        boolean isReadyWithoutKernel();

        /** Arms the transport, unless the stream has ended. */
        void arm(Runnable fired);

        /** The transport's callback came: whether it still tells the truth. */
        boolean confirm();
    }

    private static final Registration NOTHING = () -> {};

    private final Direction direction;

    /** Guarded by itself, as is {@link #armed}. Nothing blocks under it and nothing foreign runs. */
    private final Set<Waiter> waiters = new LinkedHashSet<>();

    private boolean armed;

    StreamPollable(Direction direction) {
        this.direction = direction;
    }

    /** Not a record: two registrations of the same action are two. */
    private final class Waiter implements Registration {
        private final Runnable action;

        Waiter(Runnable action) {
            this.action = action;
        }

        /**
         * The transport stays armed, and its thread alive, until the next event or the end of the socket: to take that back
         * and give it again would cost each wait with a timeout two system calls.
         */
        @Override
        public void cancel() {
            synchronized (waiters) {
                waiters.remove(this);
            }
        }
    }

    @Override
    public boolean ready() {
        return direction.ready();
    }

    @Override
    public Registration onReady(Runnable action) {
        Objects.requireNonNull(action, "action");
        if (ready()) {
            action.run();
            return NOTHING;
        }
        Waiter waiter = new Waiter(action);
        synchronized (waiters) {
            waiters.add(waiter);
        }
        boolean waits = false;
        try {
            arm();
            waits = true;
        } finally {
            if (!waits) {
                waiter.cancel();
            }
        }
        return waiter;
    }

    private void arm() {
        boolean first;
        synchronized (waiters) {
            first = !armed && !waiters.isEmpty();
            armed |= first;
        }
        if (first) {
            armTransport();
        }
        // The kernel's events can't be missed, for arming is level-triggered; the end of the stream or an error kept
        // meanwhile by another thread could have been, also by who finds the transport armed already.
        if (direction.isReadyWithoutKernel()) {
            wake();
        }
    }

    /** The waiting thread may lack the memory or the descriptors to start with; who comes next is to try again. */
    private void armTransport() {
        boolean done = false;
        try {
            direction.arm(this::fired);
            done = true;
        } finally {
            if (!done) {
                synchronized (waiters) {
                    armed = false;
                }
            }
        }
    }

    /** On the provider's waiting thread. */
    private void fired() {
        boolean holds = direction.confirm(); // before anybody can arm anew: an old report says nothing of a later turn
        synchronized (waiters) {
            armed = false;
        }
        if (holds) {
            wake();
        } else {
            arm();
        }
    }

    /** Calls everybody who waits. Under no lock of the socket's. */
    void wake() {
        List<Waiter> woken;
        synchronized (waiters) {
            if (waiters.isEmpty()) {
                return;
            }
            woken = new ArrayList<>(waiters);
            waiters.clear();
        }
        for (Waiter waiter : woken) {
            try {
                waiter.action.run();
            } catch (Throwable thrown) { // one waiter's failure is not another's
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
            }
        }
    }
}
