// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Whether a measure stays flat, by a limit that comes from the run itself. The first sixth warms up. The next third
 * shows how high the measure stands and how much it moves by itself: its highest value, and once more its largest step
 * from one sample to the next, or half of the range in which it moved if that is more, is the limit; of memory also
 * what it rose by a sample while it warmed up, if that is the most. What leaks is above that all the time in the last
 * third, and goes on rising there; what varies, rises ever less, or has risen once, is not.
 *
 * @param limit what the lowest value of the last third may be
 * @param atTheEnd the lowest value of the last third
 * @param rises whether it rises within the last third at the rate at which it rose in all, or an eighth of that
 */
record Flatness(long limit, long atTheEnd, boolean rises) {
    /** Fewer say nothing. */
    static final int FEWEST = 6;

    static Flatness of(List<Sample> samples, Sample.Measure measure) {
        int size = samples.size();
        if (size < FEWEST) {
            throw new IllegalArgumentException(size + " samples are too few to tell what is flat");
        }
        int warm = (size + 5) / 6;
        long[] first = values(samples.subList(warm, warm + Math.max(2, size / 3)), measure);
        long[] last = values(samples.subList(size - Math.max(2, size / 3), size), measure);
        long step = IntStream.range(1, first.length)
                .mapToLong(i -> Math.abs(first[i] - first[i - 1]))
                .max()
                .orElse(0);
        long highest = LongStream.of(first).max().orElseThrow();
        long range = highest - LongStream.of(first).min().orElseThrow();
        long warmedUp = Math.max(0, first[0] - samples.get(0).value(measure)) / warm;
        double rise = mean(last, 0, last.length) - mean(first, 0, first.length);
        double riseWithin = mean(last, last.length / 2, last.length) - mean(last, 0, last.length / 2);
        return new Flatness(
                highest + Math.max(measure.warmsUp ? warmedUp : 0, Math.max(step, range / 2)),
                LongStream.of(last).min().orElseThrow(),
                riseWithin > rise / 8);
    }

    private static double mean(long[] values, int from, int to) {
        return LongStream.of(values).skip(from).limit(to - from).average().orElse(0);
    }

    private static long[] values(List<Sample> samples, Sample.Measure measure) {
        return samples.stream().mapToLong(sample -> sample.value(measure)).toArray();
    }

    boolean isFlat() {
        return atTheEnd <= limit || !rises;
    }
}
