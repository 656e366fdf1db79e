// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.SocketStatistics;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    /** Where "PROVIDER ADDRESS" says. */
    private static UdpSocket open(String where) throws Exception {
        String[] words = where.split(" ");
        return UdpSockets.provider(words[0]).open(new InetSocketAddress(words[1], 0));
    }

    private double count(String name, String... tags) {
        FunctionCounter counter = registry.find(name).tags(tags).functionCounter();
        assertNotNull(counter, name);
        return counter.count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio 127.0.0.1", "nio ::1", "epoll 127.0.0.1", "epoll ::1"})
    void K1_theMetersAreTheLedger(String where) throws Exception {
        try (UdpSocket socket = open(where);
                SocketMetrics metrics = new SocketMetrics(socket, Tags.of("purpose", "test"))) {
            metrics.bindTo(registry);
            assertEquals(0, count("sluice.udp.sent"));
            DatagramStreams streams = socket.stream(null);
            OutgoingDatagram valid = new OutgoingDatagram(ByteBuffer.allocate(10), socket.localAddress());
            OutgoingDatagram invalid =
                    new OutgoingDatagram(ByteBuffer.allocate(10), new InetSocketAddress("127.0.0.1", 0));
            streams.outgoing().checkSend();
            assertEquals(2, streams.outgoing().send(List.of(valid, valid, invalid, valid)));
            assertThrows(SocketErrorException.class, () -> streams.outgoing().trySend(invalid));
            streams.incoming().subscribe().block();
            assertEquals(2, streams.incoming().receive(10).size());

            assertEquals(2, count("sluice.udp.sent", "purpose", "test"));
            assertEquals(20, count("sluice.udp.sent.bytes"));
            assertEquals(1, count("sluice.udp.refused", "code", "invalid-argument"));
            assertEquals(0, count("sluice.udp.refused", "code", "datagram-too-large"));
            assertEquals(2, count("sluice.udp.left"));
            assertEquals(2, count("sluice.udp.received"));
            assertEquals(20, count("sluice.udp.received.bytes"));
            assertEquals(0, count("sluice.udp.dropped", "by", "network"));
            SocketStatistics statistics = socket.statistics();
            assertEquals(statistics.datagramsGiven(), 2 + 1 + 2);
            assertEquals(
                    statistics.droppedByKernel().isPresent(),
                    registry.find("sluice.udp.dropped").tags("by", "kernel").functionCounter() != null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio 127.0.0.1", "nio ::1", "epoll 127.0.0.1", "epoll ::1"})
    void K1_whatAClosedSocketCountedStaysUntilItsMetersAreClosed(String where) throws Exception {
        UdpSocket socket = open(where);
        SocketMetrics metrics = new SocketMetrics(socket, Tags.empty());
        metrics.bindTo(registry);
        socket.stream(socket.localAddress()).outgoing().trySend(new OutgoingDatagram(ByteBuffer.allocate(1), null));
        socket.close();
        assertEquals(1, count("sluice.udp.sent"));
        metrics.close();
        metrics.close();
        assertTrue(registry.getMeters().isEmpty());
        assertNull(registry.find("sluice.udp.sent").functionCounter());
    }

    @Test
    void twoSocketsNeedATagThatTellsThemApart() throws Exception {
        try (UdpSocket one = open("nio ::1");
                UdpSocket other = open("nio ::1")) {
            new SocketMetrics(one, Tags.of("socket", "one")).bindTo(registry);
            SocketMetrics same = new SocketMetrics(other, Tags.of("socket", "one"));
            assertTrue(assertThrows(IllegalArgumentException.class, () -> same.bindTo(registry))
                    .getMessage()
                    .contains("give each socket a tag"));
            new SocketMetrics(other, Tags.of("socket", "other")).bindTo(registry);
            one.stream(one.localAddress()).outgoing().trySend(new OutgoingDatagram(ByteBuffer.allocate(1), null));
            assertEquals(1, count("sluice.udp.sent", "socket", "one"));
            assertEquals(0, count("sluice.udp.sent", "socket", "other"));
        }
    }
}
