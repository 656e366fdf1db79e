// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class StatisticsTest {

    @Test
    void medianAndQuartilesLieBetweenValuesInProportion() {
        assertEquals(new Statistics(2.5, 1.75, 3.25), Statistics.of(new double[] {4, 1, 3, 2}));
    }

    @Test
    void oneValueIsAllOfThem() {
        assertEquals(new Statistics(7, 7, 7), Statistics.of(new double[] {7}));
    }

    @Test
    void nothingHasNoMedian() {
        assertThrows(IllegalArgumentException.class, () -> Statistics.of(new double[0]));
    }

    @Test
    void aRatioIsOfRates() {
        assertEquals(4, new Slice(200, 100).times(new Slice(50, 100)));
    }
}
