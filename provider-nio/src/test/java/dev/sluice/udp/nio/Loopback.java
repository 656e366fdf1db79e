// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.tck.ProviderUnderTest;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A provider and its sockets on loopback, closed together. */
final class Loopback implements AutoCloseable {
    /** A safety net only: nothing here takes a second. */
    static final Duration LONG = ProviderUnderTest.USUAL_PATIENCE;

    final NioProvider provider;
    final IpAddressFamily family;

    Loopback(IpAddressFamily family) {
        this(family, new NioProvider());
    }

    Loopback(IpAddressFamily family, NioProvider provider) {
        this.family = family;
        this.provider = provider;
    }

    InetSocketAddress address(int port) {
        return new InetSocketAddress(family == IpAddressFamily.IPV4 ? "127.0.0.1" : "::1", port);
    }

    InetSocketAddress wildcard(int port) {
        return new InetSocketAddress(family == IpAddressFamily.IPV4 ? "0.0.0.0" : "::", port);
    }

    UdpSocket bound() throws Exception {
        UdpSocket socket = provider.createSocket(family);
        socket.bind(address(0));
        return socket;
    }

    /** Streams of a new socket. */
    DatagramStreams streams(InetSocketAddress remote) throws Exception {
        return bound().stream(remote);
    }

    /** An address on which nobody listens. */
    InetSocketAddress closedPort() throws Exception {
        try (UdpSocket socket = bound()) {
            return socket.localAddress();
        }
    }

    static OutgoingDatagram datagram(String text) {
        return new OutgoingDatagram(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    static OutgoingDatagram datagram(String text, InetSocketAddress remote) {
        return new OutgoingDatagram(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), remote);
    }

    static int send(OutgoingDatagramStream stream, OutgoingDatagram... datagrams) throws Exception {
        assertTrue(stream.checkSend() >= datagrams.length, "permitted");
        return stream.send(List.of(datagrams));
    }

    static void sendAll(OutgoingDatagramStream stream, OutgoingDatagram... datagrams) throws Exception {
        assertEquals(datagrams.length, send(stream, datagrams));
    }

    /** Waits for that many datagrams, and no more than are there then. */
    static List<String> receive(IncomingDatagramStream stream, int count) throws Exception {
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            await(stream.subscribe());
            for (IncomingDatagram datagram : stream.receive(Integer.MAX_VALUE)) {
                texts.add(StandardCharsets.UTF_8.decode(datagram.data()).toString());
            }
        }
        return texts;
    }

    static void await(Pollable pollable) throws Exception {
        assertTrue(pollable.block(LONG), "ready in time");
    }

    @Override
    public void close() {
        provider.close();
    }
}
