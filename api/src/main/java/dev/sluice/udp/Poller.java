// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lasting set of pollables, to wait for many of them again and again: as the JDK's {@code Selector} is to channels
 * ({@link Rule#J4 J4}). {@link Pollable#poll} registers all of a list for each wait; here each stays registered, and a
 * wait costs what is ready and not what is waited for ({@link Rule#P3 P3}).
 *
 * <pre>{@code
 * try (Poller<Session> poller = new Poller<>()) {
 *     poller.add(session.incoming().subscribe(), session);
 *     while (running) {
 *         for (Poller.Entry<Session> ready : poller.await()) {
 *             ready.attachment().receive();
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>What is ready is told by each wait until it is so no longer. An entry whose pollable {@linkplain Pollable#hasEnded has
 * ended} is told once and has left the poller by then.
 *
 * <p><b>Threads.</b> One thread waits at a time; any others add, remove, wake it up and close meanwhile. It waits well on a
 * virtual thread.
 *
 * @param <A> what is attached to each pollable
 */
public final class Poller<A> implements AutoCloseable {
    /** How many rounds in which what had called back wasn't ready are taken for bad luck: see {@link Waiting}. */
    private static final int MOST_IN_VAIN = 16;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final Set<Entry<A>> entries = new HashSet<>();
    private Entry<A> firstFired;
    private Entry<A> lastFired;
    private boolean waiting;
    private boolean wokenUp;
    private boolean closed;

    /** Those that are to be registered again, because they were told or called back in vain. The waiting thread's. */
    private final List<Entry<A>> unregistered = new ArrayList<>();

    /** A poller with nothing in it. */
    public Poller() {}

    /**
     * A pollable in a poller.
     *
     * @param <A> what is attached
     */
    public static final class Entry<A> {
        private final Poller<A> poller;
        private final Pollable pollable;
        private final A attachment;

        // Guarded by the poller's lock.
        private Pollable.Registration registration;
        private Entry<A> nextFired;
        private boolean fired;

        /** Written under the lock; once true, it stays. */
        private volatile boolean removed;

        private Entry(Poller<A> poller, Pollable pollable, A attachment) {
            this.poller = poller;
            this.pollable = pollable;
            this.attachment = attachment;
        }

        /**
         * What is waited for.
         *
         * @return the pollable
         */
        public Pollable pollable() {
            return pollable;
        }

        /**
         * What was attached to it.
         *
         * @return the attachment, possibly null
         */
        public A attachment() {
            return attachment;
        }

        /** Takes it out of the poller: later waits don't tell it. Idempotent, from any thread. */
        public void remove() {
            poller.remove(this);
        }

        @Override
        public String toString() {
            return pollable + " (" + attachment + ")";
        }
    }

    /**
     * Adds a pollable. The same one may be added several times. A thread that waits already waits for this one, too.
     *
     * @param pollable what to wait for
     * @param attachment comes with it when it is told; may be null
     * @return its entry, to take it out again
     * @throws IllegalStateException if the poller is closed
     * @throws UncheckedIOException as {@link Pollable#onReady}: it has not been added then
     */
    public Entry<A> add(Pollable pollable, A attachment) {
        Entry<A> entry = new Entry<>(this, Objects.requireNonNull(pollable, "pollable"), attachment);
        lock.lock();
        try {
            ensureOpen();
            entries.add(entry);
        } finally {
            lock.unlock();
        }
        boolean registered = false;
        try {
            register(entry, true);
            registered = true;
        } finally {
            if (!registered) {
                remove(entry);
            }
        }
        return entry;
    }

    /**
     * Under no lock: a pollable is foreign code.
     *
     * @param first whether this is the entry's first registration. By the time that it is there, the waiting thread may have
     *     told the entry and registered it anew: then that one is to be taken back some day, and not this one
     */
    private void register(Entry<A> entry, boolean first) {
        if (entry.removed) {
            return;
        }
        Pollable.Registration registration = entry.pollable.onReady(() -> fired(entry));
        lock.lock();
        try {
            if (!first || entry.registration == null) {
                entry.registration = registration;
            }
        } finally {
            lock.unlock();
        }
        if (entry.removed) {
            registration.cancel();
        }
    }

    /** On any thread. Allocates nothing: those that have called back are a list through their own fields. */
    private void fired(Entry<A> entry) {
        lock.lock();
        try {
            if (entry.removed || entry.fired) {
                return;
            }
            entry.fired = true;
            if (lastFired == null) {
                firstFired = entry;
            } else {
                lastFired.nextFired = entry;
            }
            lastFired = entry;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void remove(Entry<A> entry) {
        Pollable.Registration registration;
        lock.lock();
        try {
            entry.removed = true; // if it has fired, the next wait passes over it
            entries.remove(entry);
            registration = entry.registration;
            entry.registration = null;
        } finally {
            lock.unlock();
        }
        if (registration != null) {
            registration.cancel();
        }
    }

    /**
     * Waits until at least one is ready, or {@link #wakeup} is called.
     *
     * @return those that are ready, each once; empty after {@code wakeup}. The list is the caller's
     * @throws IllegalStateException if the poller is closed, before or meanwhile, or another thread waits
     * @throws InterruptedException if the thread was or is interrupted while none is ready
     * @throws UncheckedIOException as {@link Pollable#onReady}; a later wait tries again
     */
    public List<Entry<A>> await() throws InterruptedException {
        return await(Long.MAX_VALUE);
    }

    /**
     * Waits until at least one is ready, but no longer than a time.
     *
     * @param timeout how long at most; zero or less waits for nothing that hasn't called back yet
     * @return those that are ready, each once; empty after the time, and after {@link #wakeup}. The list is the caller's
     * @throws IllegalStateException if the poller is closed, before or meanwhile, or another thread waits
     * @throws InterruptedException if the thread was or is interrupted while none is ready
     * @throws UncheckedIOException as {@link Pollable#onReady}; a later wait tries again
     */
    public List<Entry<A>> await(Duration timeout) throws InterruptedException {
        return await(Waiting.nanos(timeout));
    }

    private List<Entry<A>> await(long nanos) throws InterruptedException {
        begin();
        try {
            long start = System.nanoTime();
            List<Entry<A>> ready = new ArrayList<>();
            for (int inVain = 0; ; inVain++) {
                registerAgain();
                List<Entry<A>> fired = new ArrayList<>();
                boolean isLast = !takeFired(fired, nanos - (System.nanoTime() - start));
                for (Entry<A> entry : fired) {
                    look(entry, ready);
                }
                if (isLast || !ready.isEmpty()) {
                    return ready;
                }
                if (inVain >= MOST_IN_VAIN) {
                    TimeUnit.NANOSECONDS.sleep(PAUSE_NANOS);
                }
            }
        } finally {
            end();
        }
    }

    private void begin() {
        lock.lock();
        try {
            ensureOpen();
            if (waiting) {
                throw new IllegalStateException("another thread waits for this poller already");
            }
            waiting = true;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            waiting = false;
        } finally {
            lock.unlock();
        }
    }

    /** Those that have called back: what is ready still, or again, calls back at once. */
    private void registerAgain() {
        for (int last = unregistered.size() - 1; last >= 0; last--) {
            register(unregistered.get(last), false); // if it throws, the entry is still there for the next wait
            unregistered.remove(last);
        }
    }

    /**
     * Waits for those that have called back, and takes them.
     *
     * @return whether the wait may go on if none of them is ready: neither is the time over nor was it woken up
     */
    private boolean takeFired(List<Entry<A>> into, long nanos) throws InterruptedException {
        long rest = nanos;
        lock.lockInterruptibly();
        try {
            while (firstFired == null && !wokenUp && !closed && rest > 0) {
                rest = changed.awaitNanos(rest);
            }
            ensureOpen();
            boolean goesOn = !wokenUp && rest > 0;
            wokenUp = false;
            while (firstFired != null) {
                Entry<A> entry = firstFired;
                unregistered.add(entry); // first what may fail for want of memory: an entry is in one of the two
                firstFired = entry.nextFired;
                entry.nextFired = null;
                entry.fired = false;
                lastFired = firstFired == null ? null : lastFired;
                into.add(entry);
            }
            return goesOn;
        } finally {
            lock.unlock();
        }
    }

    /** Under no lock: a pollable is foreign code. */
    private void look(Entry<A> entry, List<Entry<A>> ready) {
        if (entry.removed) {
            return;
        }
        boolean ended = entry.pollable.hasEnded(); // asked first: what has ended stays ready
        if (entry.pollable.ready()) {
            ready.add(entry);
            if (ended) {
                remove(entry);
            }
        }
    }

    /** Ends the current wait, or else the next one, at once. From any thread. */
    public void wakeup() {
        lock.lock();
        try {
            wokenUp = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many pollables are in it.
     *
     * @return 0 or more
     */
    public int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    private void ensureOpen() {
        if (closed) {
            throw new IllegalStateException("the poller is closed");
        }
    }

    /** Takes all out, and ends a wait. The pollables, and their sockets, stay as they are. Idempotent, from any thread. */
    @Override
    public void close() {
        List<Entry<A>> left;
        lock.lock();
        try {
            closed = true;
            left = new ArrayList<>(entries);
            changed.signal();
        } finally {
            lock.unlock();
        }
        left.forEach(this::remove);
    }
}
