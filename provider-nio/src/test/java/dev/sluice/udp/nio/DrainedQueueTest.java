// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** What is kept over a change of the peer (U4): in order, within bounds, and never truncated. */
class DrainedQueueTest {
    private static final InetSocketAddress SOURCE = new InetSocketAddress("127.0.0.1", 9);
    private static final int LARGEST = 1000;
    private static final int COST = 100 + 512; // of one datagram here, as the kernel would count it

    private final DrainedQueue queue = new DrainedQueue();

    @Test
    void U4_whatWasDrainedComesBackInOrderAndAtMostSoMany() {
        fill(3);
        DatagramBatch batch = new DatagramBatch(8, 8 * LARGEST);
        assertFalse(queue.isEmpty());
        assertEquals(2, queue.moveTo(batch, 2, LARGEST));
        assertFalse(queue.isEmpty());
        assertEquals(1, queue.moveTo(batch, 2, LARGEST));
        assertTrue(queue.isEmpty());
        assertEquals(0, queue.moveTo(batch, 2, LARGEST));
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(payload(i), batch.bytes(i));
            assertEquals(SOURCE, batch.remoteAddress(i));
        }
    }

    @Test
    void R3_itStopsWhereTheBatchHasNoRoomForTheLargest() {
        fill(3);
        assertEquals(1, queue.moveTo(new DatagramBatch(1, 8 * LARGEST), 3, LARGEST), "entries");
        assertEquals(1, queue.moveTo(new DatagramBatch(8, LARGEST), 3, LARGEST), "bytes: exactly one fits");
        assertEquals(0, queue.moveTo(new DatagramBatch(8, LARGEST - 1), 3, LARGEST), "bytes: one too few");
        assertFalse(queue.isEmpty());
    }

    @Test
    void U4_itsBoundCountsWhatIsInItNow() {
        assertTrue(queue.hasRoom(1));
        fill(2);
        assertTrue(queue.hasRoom(2 * COST + 1));
        assertFalse(queue.hasRoom(2 * COST));
        queue.moveTo(new DatagramBatch(8, 8 * LARGEST), 1, LARGEST);
        assertTrue(queue.hasRoom(COST + 1));
        assertFalse(queue.hasRoom(COST));
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            queue.add(SOURCE, payload(i));
        }
    }

    private static byte[] payload(int number) {
        byte[] payload = new byte[100];
        payload[0] = (byte) number;
        return payload;
    }
}
