// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RoundTripsTest {
    private static final double PRECISION = 1.0 / 128;

    @Test
    void percentilesAreThoseOfTheSortedTimes() {
        for (long unit = 1; unit < 1L << 50; unit = unit * 3 + 1) {
            RoundTrips times = new RoundTrips();
            RoundTrips half = new RoundTrips();
            for (int i = 1; i <= 1000; i++) {
                (i % 2 == 0 ? times : half).add(i * unit);
            }
            times.addAll(half);
            for (int percent : new int[] {1, 50, 99}) {
                double exact = percent * 10 * unit / 1e6;
                assertEquals(exact, times.millis(percent / 100.0), exact * PRECISION);
            }
            assertEquals(1000 * unit / 1e6, times.millis(1));
        }
    }

    @Test
    void withoutTimesThereAreNoPercentiles() {
        RoundTrips times = new RoundTrips();
        times.add(5);
        times.clear();
        assertEquals(Double.NaN, times.millis(1));
    }
}
