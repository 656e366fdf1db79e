package dev.sluice.cli;

import java.util.Arrays;

/** Times of round trips, of which percentiles are asked. */
final class RoundTrips {
    private static final int FIRST = 1024;
    private static final double NANOS_PER_MILLI = 1e6;

    private long[] nanos = new long[FIRST];
    private int count;

    void add(long time) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = time;
    }

    void addAll(RoundTrips other) {
        for (int i = 0; i < other.count; i++) {
            add(other.nanos[i]);
        }
    }

    void clear() {
        count = 0;
    }

    /** The time within which that part of them came back, in milliseconds; NaN if none did. */
    double millis(double part) {
        if (count == 0) {
            return Double.NaN;
        }
        Arrays.sort(nanos, 0, count);
        int index = (int) Math.ceil(part * count) - 1;
        return nanos[Math.max(0, index)] / NANOS_PER_MILLI;
    }
}
