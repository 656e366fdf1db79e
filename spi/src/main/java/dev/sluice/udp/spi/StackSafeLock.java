// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that isn't left held near the end of the stack. There {@link ReentrantLock#lock} may take the lock and throw
 * StackOverflowError all the same (JEP 270), and {@code unlock} may not get far enough to release it. So more stack than
 * either needs is used before the lock is taken: an overflow comes then, when nothing is held. That costs 10 ns, and some 100
 * after a system call, which drives those lines of the stack from the cache (the {@code TransportLock}s of a socket do without).
 *
 * <p>For the SPI's own locks, and for those of transports that need one below them.
 */
public final class StackSafeLock extends ReentrantLock {
    private static final long serialVersionUID = 1L;

    /** Deeper than unlock, which may have to wake a virtual thread. */
    private static final int DEPTH = 24;

    /** An open lock. */
    public StackSafeLock() {}

    @Override
    public void lock() {
        useStack();
        super.lock();
    }

    /** Overflows the stack now, if taking or releasing a lock could. */
    static void useStack() {
        descend(DEPTH, 1, 2, 3);
    }

    /** The arguments are needed after the call, so that each frame has room for them, compiled too. */
    private static long descend(int frames, long a, long b, long c) {
        return frames == 0 ? a : descend(frames - 1, b, c, a + 1) + a + b * c;
    }
}
