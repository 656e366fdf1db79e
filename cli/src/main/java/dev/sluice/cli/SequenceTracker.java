// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.util.Arrays;

/**
 * Counts what of a numbered sequence arrives: once, late or twice. What is older than the window of numbers that it remembers
 * counts as late.
 */
final class SequenceTracker {
    private static final int WINDOW = 1 << 16;

    private final long[] seen = new long[WINDOW / Long.SIZE];
    private long highest = -1;
    private long received;
    private long reordered;
    private long duplicated;

    /** The datagram of that number has arrived. */
    void arrived(long number) {
        if (number > highest) {
            forget(highest + 1, number);
            highest = number;
        } else if (highest - number < WINDOW && isSeen(number)) {
            duplicated++;
            return;
        } else {
            reordered++;
        }
        received++;
        mark(number);
    }

    /** The numbers in between have not arrived; their places are those of older ones. */
    private void forget(long from, long to) {
        if (to - from >= WINDOW) {
            Arrays.fill(seen, 0);
            return;
        }
        for (long number = from; number < to; number++) {
            seen[word(number)] &= ~(1L << number);
        }
        seen[word(to)] &= ~(1L << to);
    }

    private boolean isSeen(long number) {
        return (seen[word(number)] & 1L << number) != 0;
    }

    private void mark(long number) {
        if (highest - number < WINDOW) {
            seen[word(number)] |= 1L << number;
        }
    }

    private static int word(long number) {
        return (int) (number % WINDOW) / Long.SIZE;
    }

    /** The highest number that has arrived; -1 before the first. */
    long highest() {
        return highest;
    }

    /** How many have arrived, each counted once. */
    long received() {
        return received;
    }

    /** How many arrived behind one with a higher number. */
    long reordered() {
        return reordered;
    }

    /** How many arrived once more. */
    long duplicated() {
        return duplicated;
    }
}
