// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

/** What was measured of two contenders, pair by pair. */
final class Pairs {
    private final double[] ratios;
    private final double[] ourNanos;
    private final double[] theirNanos;
    private int count;

    Pairs(int size) {
        ratios = new double[size];
        ourNanos = new double[size];
        theirNanos = new double[size];
    }

    void add(Slice our, Slice their) {
        ratios[count] = our.times(their);
        ourNanos[count] = our.nanosPerDatagram();
        theirNanos[count] = their.nanosPerDatagram();
        count++;
    }

    int count() {
        return count;
    }

    /** Of all of them: it is an error if some are missing. */
    Outcome outcome(Comparison comparison) {
        if (count < ratios.length) {
            throw new IllegalStateException(count + " of " + ratios.length + " pairs were measured");
        }
        return new Outcome(comparison, Statistics.of(ratios), Statistics.of(ourNanos), Statistics.of(theirNanos));
    }
}
