// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramPath;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SegmentRunTest {
    private static final int MAX_BYTES = 65_507;
    private static final InetSocketAddress A = new InetSocketAddress("127.0.0.1", 1001);
    private static final InetSocketAddress B = new InetSocketAddress("127.0.0.1", 1002);

    private static DatagramBatch batch(InetSocketAddress to, int... lengths) {
        DatagramBatch batch = new DatagramBatch(300, 300_000);
        for (int length : lengths) {
            batch.add(to, ByteBuffer.allocate(length));
        }
        return batch;
    }

    private static int end(DatagramBatch batch, int from) {
        return SegmentRun.end(batch, from, batch.size(), false, 128, Integer.MAX_VALUE, MAX_BYTES);
    }

    @Test
    void S6_equalSizesAreOneRun() {
        assertEquals(4, end(batch(A, 100, 100, 100, 100), 0));
        assertEquals(4, end(batch(A, 7, 100, 100, 100), 1));
    }

    @Test
    void S6_onlyTheLastMayBeShorter() {
        assertEquals(3, end(batch(A, 100, 100, 50, 50), 0));
        assertEquals(2, end(batch(A, 100, 50, 100), 0));
    }

    @Test
    void S6_aLargerOneEndsTheRun() {
        assertEquals(2, end(batch(A, 100, 100, 101), 0));
    }

    @Test
    void S6_anEmptyDatagramIsNeverInARun() {
        assertEquals(2, end(batch(A, 2, 2, 0, 2), 0));
        assertEquals(3, end(batch(A, 2, 2, 0, 0), 2));
    }

    @Test
    void S6_aRunHasOneDestination() {
        DatagramBatch batch = batch(A, 10, 10);
        batch.add(B, ByteBuffer.allocate(10));
        assertEquals(2, end(batch, 0));
    }

    @Test
    void O4_aRunHasOnePath() {
        DatagramPath path = DatagramPath.from(A.getAddress()).withEcn(DatagramPath.ECT_0);
        DatagramPath equal = DatagramPath.from(A.getAddress()).withEcn(DatagramPath.ECT_0);
        DatagramBatch batch = batch(A, 10);
        batch.add(A, ByteBuffer.allocate(10), path);
        batch.add(A, ByteBuffer.allocate(10), equal);
        batch.add(A, ByteBuffer.allocate(10), path.withEcn(DatagramPath.CE));
        batch.add(A, ByteBuffer.allocate(5), equal);
        assertEquals(1, end(batch, 0));
        assertEquals(3, end(batch, 1));
        assertEquals(4, end(batch, 3));
    }

    /** What fits the path to the peer may not fit the one that a chosen source leads to. */
    @Test
    void O4_toAPeerAChosenSourceMakesNoRun() {
        DatagramPath marked = DatagramPath.ofTrafficClass(1);
        DatagramPath chosen = DatagramPath.from(A.getAddress());
        DatagramBatch batch = new DatagramBatch(10, 1000);
        for (DatagramPath path : new DatagramPath[] {marked, marked, chosen, chosen, marked.withInterface(1), null}) {
            batch.add(null, ByteBuffer.allocate(10), path);
        }
        int[] ends = {2, 2, 3, 4, 5, 6};
        for (int i = 0; i < ends.length; i++) {
            assertEquals(
                    ends[i],
                    SegmentRun.end(batch, i, batch.size(), true, 128, Integer.MAX_VALUE, MAX_BYTES),
                    "from " + i);
        }
    }

    @Test
    void S6_equalAddressesAreOneDestination() {
        DatagramBatch batch = batch(A, 10);
        batch.add(new InetSocketAddress("127.0.0.1", 1001), ByteBuffer.allocate(10));
        assertEquals(2, end(batch, 0));
    }

    @Test
    void S6_toThePeerAddressesDoNotMatter() {
        DatagramBatch batch = batch(A, 10);
        batch.add(null, ByteBuffer.allocate(10));
        assertEquals(2, SegmentRun.end(batch, 0, 2, true, 128, Integer.MAX_VALUE, MAX_BYTES));
    }

    @Test
    void S6_aRunIsContiguousInMemory() {
        DatagramBatch batch = batch(A, 10, 10, 10);
        batch.removeIf(0, i -> i == 1);
        assertEquals(1, end(batch, 0));
    }

    @Test
    void S6_aRunKeepsTheKernelsLimits() {
        int[] ones = new int[200];
        Arrays.fill(ones, 1);
        assertEquals(128, end(batch(A, ones), 0));
        assertEquals(64, SegmentRun.end(batch(A, ones), 0, 200, false, 64, 10, MAX_BYTES));
        int[] large = new int[60];
        Arrays.fill(large, 1200);
        assertEquals(54, end(batch(A, large), 0)); // 54 × 1200 ≤ 65 507 < 55 × 1200
    }

    @Test
    void S6_aRunMayFillTheLargestDatagramToTheByte() {
        assertEquals(3, SegmentRun.end(batch(A, 100, 100, 100), 0, 3, false, 128, 100, 300));
        assertEquals(2, SegmentRun.end(batch(A, 100, 100, 100), 0, 3, false, 128, 100, 299));
    }

    @Test
    void S6_aShorterLastOneHasToFitToo() {
        assertEquals(3, SegmentRun.end(batch(A, 100, 100, 50), 0, 3, false, 128, 100, 250));
        assertEquals(2, SegmentRun.end(batch(A, 100, 100, 51), 0, 3, false, 128, 100, 250));
        assertEquals(4, SegmentRun.end(batch(A, 7, 100, 100, 50), 1, 4, false, 128, 100, 250));
    }

    @Test
    void S6_aSizeThatWasRefusedIsNoRun() {
        assertEquals(1, SegmentRun.end(batch(A, 100, 100), 0, 2, false, 128, 99, MAX_BYTES));
    }

    @Test
    void S1_aRunEndsWhereTheCallerSaysSo() {
        assertEquals(2, SegmentRun.end(batch(A, 10, 10, 10), 0, 2, false, 128, 100, MAX_BYTES));
    }
}
