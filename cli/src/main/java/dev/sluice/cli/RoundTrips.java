// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.util.Arrays;

/**
 * Times of round trips, of which percentiles are asked: a histogram whose size doesn't grow with how long is measured. Its
 * buckets are as wide as 1/128 of what they hold, so a percentile is exact to 0.8 %; the longest time is exact.
 */
final class RoundTrips {
    private static final int BITS = 7;
    private static final int PER_POWER = 1 << BITS;
    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] counts = new long[(Long.SIZE - BITS) * PER_POWER];
    private long count;
    private long longest;

    void add(long nanos) {
        long time = Math.max(0, nanos);
        counts[bucket(time)]++;
        count++;
        longest = Math.max(longest, time);
    }

    /** Below 128 ns each has its own; above, a bucket is named by the leading bit and the seven behind it. */
    private static int bucket(long time) {
        int shift = Math.max(0, Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(time));
        return shift * PER_POWER + (int) (time >>> shift);
    }

    private static long end(int bucket) {
        int shift = Math.max(0, bucket / PER_POWER - 1);
        return ((long) (bucket - shift * PER_POWER + 1) << shift) - 1;
    }

    void addAll(RoundTrips other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        longest = Math.max(longest, other.longest);
    }

    void clear() {
        Arrays.fill(counts, 0);
        count = 0;
        longest = 0;
    }

    /** The time within which that part of them came back, in milliseconds; NaN if none did. */
    double millis(double part) {
        long left = (long) Math.ceil(part * count);
        for (int i = 0; i < counts.length; i++) {
            left -= counts[i];
            if (left <= 0 && count > 0) {
                return Math.min(longest, end(i)) / NANOS_PER_MILLI;
            }
        }
        return Double.NaN;
    }
}
