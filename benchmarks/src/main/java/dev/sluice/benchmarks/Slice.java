// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

/** What a contender did in a short time. */
record Slice(long datagrams, long nanos) {
    double nanosPerDatagram() {
        return (double) nanos / datagrams;
    }

    /** How many times as fast this was. */
    double times(Slice other) {
        return other.nanosPerDatagram() / nanosPerDatagram();
    }
}
