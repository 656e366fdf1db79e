// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequenceTrackerTest {
    private final SequenceTracker tracker = new SequenceTracker();

    private void assertCounts(long received, long reordered, long duplicated) {
        assertEquals(received, tracker.received(), "received");
        assertEquals(reordered, tracker.reordered(), "reordered");
        assertEquals(duplicated, tracker.duplicated(), "duplicated");
    }

    @Test
    void eachNumberCountsOnce() {
        for (long number : new long[] {0, 1, 3, 2, 3, 0, 4}) {
            tracker.arrived(number);
        }
        assertCounts(5, 1, 2);
        assertEquals(4, tracker.highest());
    }

    @Test
    void aGapOfAnyLengthIsForgotten() {
        tracker.arrived(5);
        tracker.arrived(5 + 65_536); // whose place is that of 5
        tracker.arrived(4 + 65_536);
        assertCounts(3, 1, 0);
        tracker.arrived(10_000_000);
        tracker.arrived(10_000_000 - 65_535);
        tracker.arrived(10_000_000 - 65_535);
        assertCounts(5, 2, 1);
        tracker.arrived(1); // too old to be known
        tracker.arrived(1);
        assertCounts(7, 4, 1);
    }

    @Test
    void agreesWithASetOfAll() {
        Random random = new Random(7);
        BitSet seen = new BitSet();
        long reordered = 0;
        long duplicated = 0;
        for (int i = 0; i < 300_000; i++) {
            int number = Math.max(0, i - random.nextInt(random.nextInt(10) == 0 ? 30_000 : 3));
            if (seen.get(number)) {
                duplicated++;
            } else if (number < seen.length()) {
                reordered++;
            }
            seen.set(number);
            tracker.arrived(number);
        }
        assertCounts(seen.cardinality(), reordered, duplicated);
    }
}
