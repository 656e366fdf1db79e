// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Damage, doubles and strangers are noticed. */
class FlowTest {
    private final Flow flow = new Flow(42);

    private ByteBuffer datagram(int number) {
        ByteBuffer buffer = ByteBuffer.allocate(flow.length(number));
        flow.write(number, buffer);
        return buffer.flip();
    }

    @Test
    void eachDatagramIsKnownByItsBytes() {
        Set<Integer> lengths = new HashSet<>();
        for (int number = 0; number < 5000; number++) {
            ByteBuffer datagram = datagram(number);
            assertEquals(number, flow.numberOf(datagram));
            assertTrue(datagram.remaining() <= Flow.LARGEST);
            lengths.add(datagram.remaining());
        }
        assertTrue(lengths.size() > 100, "only " + lengths.size() + " lengths");
    }

    @Test
    void everyChangedByteIsNoticed() {
        ByteBuffer datagram = datagram(7);
        for (int i = 0; i < datagram.limit(); i++) {
            datagram.put(i, (byte) (datagram.get(i) ^ 1));
            assertEquals(-1, flow.numberOf(datagram), "byte " + i);
            datagram.put(i, (byte) (datagram.get(i) ^ 1));
        }
        assertEquals(-1, flow.numberOf(datagram.slice(0, datagram.limit() - 1)));
        assertEquals(-1, flow.numberOf(ByteBuffer.allocate(0)));
        assertEquals(-1, new Flow(43).numberOf(datagram));
    }

    @Test
    void arrivalsAreCountedOnce() {
        Arrivals arrivals = new Arrivals(flow);
        arrivals.add(datagram(3));
        arrivals.add(datagram(0));
        assertNull(arrivals.problem());
        assertEquals(2, arrivals.count());
        assertEquals(4, arrivals.end());
        arrivals.add(datagram(3));
        assertEquals("datagram 3 twice", arrivals.problem());
    }
}
