// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Takes the unruly link down and up, at either end, and changes its MTU. */
final class Unruliness {
    private static final int[] MTUS = {1280, 1400, SoakWorld.MTU, 4000, 9000};
    private static final long MILLI = 1_000_000;

    private final ReadWriteLock calm = new ReentrantReadWriteLock(true);
    private final SoakWorld world;
    private final Descriptors descriptors;
    private final Random random;
    private final Happenings happenings;

    Unruliness(SoakWorld world, Descriptors descriptors, long seed, Happenings happenings) {
        this.world = world;
        this.descriptors = descriptors;
        this.random = new Random(seed);
        this.happenings = happenings;
    }

    /** Does something while the link is up and stays so. */
    <T> T whileCalm(Callable<T> action) throws Exception {
        calm.readLock().lock();
        try {
            return action.call();
        } finally {
            calm.readLock().unlock();
        }
    }

    /** On a thread of its own, until a time of {@link System#nanoTime}; the link is up when it returns. */
    void run(long end) throws Exception {
        while (System.nanoTime() < end) {
            calm.writeLock().lock();
            try {
                disturb();
            } finally {
                calm.writeLock().unlock();
            }
            LockSupport.parkNanos((50 + random.nextInt(200)) * MILLI);
        }
    }

    private void disturb() throws Exception {
        switch (random.nextInt(3)) {
            case 0 -> {
                here("ip link set " + Link.UNRULY.here() + " down");
                LockSupport.parkNanos(random.nextInt(150) * MILLI);
                here("ip link set " + Link.UNRULY.here() + " up");
                happenings.note("link flaps at this end");
            }
            case 1 -> {
                there("ip link set " + Link.UNRULY.there() + " down");
                LockSupport.parkNanos(random.nextInt(150) * MILLI);
                there("ip link set " + Link.UNRULY.there() + " up");
                happenings.note("link flaps at the peers' end");
            }
            default -> {
                int mtu = MTUS[random.nextInt(MTUS.length)];
                here("ip link set " + Link.UNRULY.here() + " mtu " + mtu);
                there("ip link set " + Link.UNRULY.there() + " mtu " + mtu);
                happenings.note("changes of the MTU");
            }
        }
    }

    private void here(String command) throws Exception {
        descriptors.whilePlenty(() -> Commands.run(command));
    }

    private void there(String command) throws Exception {
        descriptors.whilePlenty(() -> world.first.run(command));
    }
}
