// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Interrupts threads while they wait in Sluice, and never elsewhere. */
final class Interruptions {
    private static final long PAUSE_NANOS = 2_000_000;

    private final List<Thread> waiting = new ArrayList<>();
    private final Random random;
    private final Happenings happenings;

    Interruptions(long seed, Happenings happenings) {
        this.random = new Random(seed);
        this.happenings = happenings;
    }

    /** The calling thread may be interrupted from now on. */
    synchronized void begin() {
        waiting.add(Thread.currentThread());
    }

    /** It may not any more, and isn't. */
    synchronized void end() {
        waiting.remove(Thread.currentThread());
        Thread.interrupted();
    }

    private synchronized void interruptOne() {
        if (!waiting.isEmpty()) {
            waiting.get(random.nextInt(waiting.size())).interrupt();
            happenings.note("threads interrupted");
        }
    }

    /** On a thread of its own, until a time of {@link System#nanoTime}. */
    void run(long end) {
        while (System.nanoTime() < end) {
            interruptOne();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
