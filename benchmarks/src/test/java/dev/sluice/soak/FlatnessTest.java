// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What counts as flat. */
class FlatnessTest {
    private static Flatness of(int samples, LongUnaryOperator value) {
        return of(samples, Sample.Measure.THREADS, value);
    }

    private static Flatness of(int samples, Sample.Measure measure, LongUnaryOperator value) {
        List<Sample> all = LongStream.range(0, samples)
                .mapToObj(i -> {
                    long[] values = new long[Sample.Measure.values().length];
                    values[measure.ordinal()] = value.applyAsLong(i);
                    return new Sample(i, i, values);
                })
                .toList();
        return Flatness.of(all, measure);
    }

    @Test
    void whatStaysIsFlatAndItsLimitIsItself() {
        assertEquals(new Flatness(7, 7, false), of(12, i -> 7));
        assertTrue(of(12, i -> 7).isFlat());
    }

    @Test
    void whatOnlyVariesIsFlat() {
        assertTrue(of(12, i -> 100 + 10 * (i % 2)).isFlat());
        assertTrue(of(120, i -> 100 + i * 31 % 17).isFlat());
    }

    @Test
    void whatRisesWhileItWarmsUpIsFlat() {
        assertTrue(of(12, i -> i < 2 ? 5 * i : 10).isFlat());
    }

    @Test
    void whatHasRisenOnceIsFlat() {
        for (int at = 0; at < 12; at++) {
            int from = at;
            assertTrue(of(12, i -> (i < from ? 4200 : 4250) + i % 3).isFlat(), "at " + at);
        }
    }

    @Test
    void aLeakIsNotFlat() {
        assertFalse(of(12, i -> 100 + i).isFlat());
        assertFalse(of(120, i -> 100 + i / 10).isFlat());
        assertFalse(of(6, i -> i).isFlat());
        assertFalse(of(120, i -> 1000 + 5 * i + i * 31 % 17).isFlat());
    }

    @Test
    void memoryMayRiseByWhatItRoseWhileItWarmedUp() {
        LongUnaryOperator slowly = i -> i == 0 ? 4000 : 4200 + i;
        assertTrue(of(7, Sample.Measure.HEAP, slowly).isFlat());
        assertFalse(of(7, Sample.Measure.THREADS, slowly).isFlat());
        assertFalse(of(120, Sample.Measure.HEAP, i -> 4000 + 5 * i).isFlat());
        assertFalse(of(720, Sample.Measure.HEAP, slowly).isFlat());
    }

    @Test
    void fewSamplesSayNothing() {
        assertThrows(IllegalArgumentException.class, () -> of(5, i -> 1));
    }
}
