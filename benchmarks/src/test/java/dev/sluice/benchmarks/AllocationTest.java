// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.udp.UdpSockets;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a send allocates once it is warm doesn't depend on how fast or busy the machine is. */
final class AllocationTest {

    @ParameterizedTest(name = "{0}, connected: {1}")
    @CsvSource({
        "NIO_LIST, true",
        "NIO_LIST, false",
        "NIO_BATCH, true",
        "NIO_BATCH, false",
        "EPOLL_LIST, true",
        "EPOLL_BATCH, true"
    })
    void steadyStateAllocatesNothing(Kind kind, boolean connected) throws Exception {
        assertEquals(0, bytesPerSend(kind, connected, 0));
    }

    /** Netty makes an object of the destination in each call. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"EPOLL_LIST", "EPOLL_BATCH"})
    void unconnectedEpollAllocatesOneAddressATrip(Kind kind) throws Exception {
        double bytes = bytesPerSend(kind, false, 32);
        assertTrue(bytes <= 32, () -> bytes + " bytes");
    }

    private static double bytesPerSend(Kind kind, boolean connected, double allowed) throws Exception {
        String provider = kind.isEpoll() ? "epoll" : "nio";
        boolean available =
                UdpSockets.providers().stream().anyMatch(one -> one.name().equals(provider));
        assumeTrue(available || "true".equals(System.getenv("CI")), provider + " is not available here");
        try (DatagramSocket sink = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            InetSocketAddress destination = (InetSocketAddress) sink.getLocalSocketAddress();
            Load load = new Load(
                    Place.LOOPBACK, 64, List.of(64), List.of(destination), connected); // one GSO send, on epoll
            try (Contender contender = kind.sender(load, null)) {
                return Allocation.bytesPerRound((Rounds) contender, allowed);
            }
        }
    }
}
