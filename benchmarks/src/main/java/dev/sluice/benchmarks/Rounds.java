// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

/** A contender that works on the calling thread: its list of datagrams once, and again, until the time is over. */
abstract class Rounds implements Contender {
    /** About as many datagrams go between two looks at the clock, which costs some 25 ns. */
    private static final int BETWEEN_LOOKS = 64;

    private final int list;

    Rounds(int list) {
        this.list = list;
    }

    /** Moves the whole list once. */
    abstract void round() throws Exception;

    @Override
    public final Slice run(long nanos) throws Exception {
        int rounds = Math.max(1, BETWEEN_LOOKS / list);
        long datagrams = 0;
        long begin = System.nanoTime();
        long elapsed;
        do {
            for (int i = 0; i < rounds; i++) {
                round();
            }
            datagrams += (long) rounds * list;
            elapsed = System.nanoTime() - begin;
        } while (elapsed < nanos);
        return new Slice(datagrams, elapsed);
    }
}
