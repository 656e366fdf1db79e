// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock that a socket uses its transport under, one for each direction. Like a {@link StackSafeLock} it isn't left held near
 * the end of the stack, but without using up stack first, which takes 4 per cent of sending one datagram and more of receiving
 * one: nothing is called once the lock is taken, and a send or a receive releases it by a write, which needs no stack. Not
 * reentrant.
 */
final class TransportLock {
    private static final AtomicIntegerFieldUpdater<TransportLock> HELD =
            AtomicIntegerFieldUpdater.newUpdater(TransportLock.class, "held");

    /** After that long the next thread looks by itself, in case an overflow has kept {@link #wakeNext} from waking it. */
    private static final long LOOK_NANOS = 1_000_000;

    private static final int FREE = 0;

    /** Whether it is held. To release it: {@code held = 0}, and then {@link #wakeNext}. */
    volatile int held;

    /** Held by the thread that is next; the others wait for this one. */
    private final StackSafeLock queue = new StackSafeLock();

    private volatile Thread next;

    /** Takes the lock, for a caller that releases it by the write. */
    void lock() {
        if (!HELD.compareAndSet(this, FREE, 1)) {
            lockInTurn();
        }
    }

    /** Takes the lock, for a caller that releases it by {@link #unlock}. */
    void lockSafely() {
        StackSafeLock.useStack();
        lock();
    }

    private void lockInTurn() {
        boolean interrupted = false;
        queue.lock();
        try {
            next = Thread.currentThread();
            while (!HELD.compareAndSet(this, FREE, 1)) {
                LockSupport.parkNanos(this, LOOK_NANOS);
                interrupted |= Thread.interrupted();
            }
        } finally {
            next = null;
            queue.unlock();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Wakes a thread that waits, after the release. */
    void wakeNext() {
        Thread waiting = next;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    void unlock() {
        held = FREE;
        wakeNext();
    }
}
