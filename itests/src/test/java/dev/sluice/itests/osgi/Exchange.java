// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.osgi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sends datagrams over loopback from one provider's socket to another's, and compares what arrives. */
final class Exchange {
    /** An empty one, equal ones in a run, and large ones. */
    private static final int[] SIZES = {1, 0, 100, 100, 100, 40, 9000, 1472};

    private Exchange() {}

    static void between(UdpSocketProvider sending, UdpSocketProvider receiving) throws Exception {
        for (IpAddressFamily family : IpAddressFamily.values()) {
            try (UdpSocket from = bound(sending, family);
                    UdpSocket to = bound(receiving, family)) {
                IncomingDatagramStream in = to.stream(null).incoming();
                List<byte[]> payloads = send(from, to.localAddress());
                receive(in, payloads, from.localAddress());
            }
        }
    }

    static UdpSocket bound(UdpSocketProvider provider, IpAddressFamily family) throws Exception {
        UdpSocket socket = provider.createSocket(family);
        socket.bind(new InetSocketAddress(loopback(family), 0));
        return socket;
    }

    static InetAddress loopback(IpAddressFamily family) throws UnknownHostException {
        return InetAddress.getByName(family == IpAddressFamily.IPV4 ? "127.0.0.1" : "::1");
    }

    private static List<byte[]> send(UdpSocket from, InetSocketAddress to) throws Exception {
        Random random = new Random(1);
        List<byte[]> payloads = new ArrayList<>();
        List<OutgoingDatagram> pending = new ArrayList<>();
        for (int size : SIZES) {
            byte[] payload = new byte[size];
            random.nextBytes(payload);
            payloads.add(payload);
            pending.add(new OutgoingDatagram(ByteBuffer.wrap(payload)));
        }
        OutgoingDatagramStream out = from.stream(to).outgoing();
        assertEquals(pending.size(), out.sendAll(pending, OsgiTest.PATIENCE));
        return payloads;
    }

    private static void receive(IncomingDatagramStream in, List<byte[]> expected, InetSocketAddress from)
            throws Exception {
        for (int next = 0; next < expected.size(); ) {
            assertTrue(in.subscribe().block(OsgiTest.PATIENCE), "datagram " + next + " did not arrive");
            for (IncomingDatagram datagram : in.receive(expected.size() - next)) {
                byte[] bytes = new byte[datagram.data().remaining()];
                datagram.data().get(bytes);
                assertArrayEquals(expected.get(next), bytes);
                assertEquals(from, datagram.remoteAddress());
                next++;
            }
        }
    }
}
