// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

/** What a comparison gave: ratios of the pairs (ours as a rate, divided by theirs), and nanoseconds a datagram. */
record Outcome(Comparison comparison, Statistics ratio, Statistics ourNanos, Statistics theirNanos) {

    boolean hasTarget() {
        return !Double.isNaN(comparison.target());
    }

    boolean isReached() {
        return ratio.median() >= comparison.target();
    }
}
