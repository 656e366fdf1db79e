// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The plain values of the API: what they refuse, and what they stand for. */
class ValuesTest {
    private static final InetSocketAddress SOMEWHERE = new InetSocketAddress("127.0.0.1", 9);

    @Test
    void E6_largestDatagrams() {
        assertEquals(65_535 - 20 - 8, IpAddressFamily.IPV4.maxDatagramSize());
        assertEquals(65_535 - 8, IpAddressFamily.IPV6.maxDatagramSize());
    }

    @Test
    void N2_unrestrictedNetworkAllowsEverything() {
        Network network = Network.unrestricted();
        assertTrue(network.mayBind(SOMEWHERE));
        assertTrue(network.maySendTo(SOMEWHERE));
        assertTrue(network.mayReceiveFrom(SOMEWHERE));
        assertSame(network, Network.unrestricted());
    }

    @Test
    void datagramsNeedTheirParts() {
        ByteBuffer data = ByteBuffer.allocate(1);
        assertNull(new OutgoingDatagram(data).remoteAddress());
        assertThrows(NullPointerException.class, () -> new OutgoingDatagram(null, SOMEWHERE));
        assertThrows(NullPointerException.class, () -> new IncomingDatagram(null, SOMEWHERE));
        assertThrows(NullPointerException.class, () -> new IncomingDatagram(data, null));
        assertThrows(NullPointerException.class, () -> new DatagramStreams(null, null));
        assertThrows(NullPointerException.class, () -> new UnavailableProvider("nio", null));
        assertThrows(NullPointerException.class, () -> new UnavailableProvider(null, "why"));
    }

    /** Two limits make one contract: WASI's host permits what fits in one of its lists. */
    @Test
    void C1_largestPermit() {
        assertEquals(1024, OutgoingDatagramStream.MAX_PERMIT);
    }
}
