// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.util.concurrent.locks.LockSupport;

/**
 * Runs two contenders in alternating slices, A B A B …: what disturbs the machine for longer than a slice disturbs both.
 * Before each slice the caller pauses, as it does anyway while it waits for a contender on another thread: a thread that
 * has just slept is not soon preempted on a busy machine.
 *
 * <p>Both are opened anew several times: the placement of their memory is random, and stays as long as they are open.
 */
final class AlternatingRun {
    private static final long PAUSE_NANOS = 200_000;

    /** How many times shorter the later warm-ups are: the compiler has done its work. */
    private static final int LATER = 8;

    private final int openings;
    private final int pairs;
    private final long sliceNanos;
    private final long warmUpNanos;

    AlternatingRun(int openings, int pairs, long sliceNanos, long warmUpNanos) {
        this.openings = openings;
        this.pairs = pairs;
        this.sliceNanos = sliceNanos;
        this.warmUpNanos = warmUpNanos;
    }

    /** Makes a contender. */
    interface Opening {
        Contender open() throws Exception;
    }

    /** The same for contenders that take long to open: once. */
    AlternatingRun once() {
        return new AlternatingRun(1, pairs, sliceNanos, warmUpNanos);
    }

    /** Opens both, warms them up, discards the first pair and measures; again and again. */
    Outcome run(Comparison comparison, Opening ours, Opening theirs) throws Exception {
        Pairs measured = new Pairs(pairs);
        for (int opening = 0; opening < openings; opening++) {
            int until = (int) ((long) pairs * (opening + 1) / openings);
            if (measured.count() == until) {
                continue; // fewer pairs than openings
            }
            try (Contender our = ours.open();
                    Contender their = theirs.open()) {
                long warmUp = measured.count() == 0 ? warmUpNanos : warmUpNanos / LATER;
                warmUp(our, warmUp);
                warmUp(their, warmUp);
                slice(our);
                slice(their);
                while (measured.count() < until) {
                    measured.add(slice(our), slice(their));
                }
            }
        }
        return measured.outcome(comparison);
    }

    /** In many short calls, so that what loops over the rounds is compiled too, and not only while it loops. */
    private static void warmUp(Contender contender, long nanos) throws Exception {
        long begin = System.nanoTime();
        do {
            contender.warmUp();
        } while (System.nanoTime() - begin < nanos);
    }

    private Slice slice(Contender contender) throws Exception {
        LockSupport.parkNanos(PAUSE_NANOS);
        return contender.run(sliceNanos);
    }
}
