// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** One socket on one scripted transport. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class Scripted {
    static final int PATIENCE_SECONDS = 20;
    static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 7001);
    static final InetSocketAddress OTHER = new InetSocketAddress("127.0.0.1", 7002);
    static final InetSocketAddress INVALID = new InetSocketAddress("127.0.0.1", 0);

    final ScriptedTransport transport = new ScriptedTransport();
    final ScriptedProvider provider = new ScriptedProvider(() -> transport);

    @AfterEach
    void close() {
        provider.close();
    }

    UdpSocket bound() throws SocketErrorException {
        return bound(Network.unrestricted());
    }

    UdpSocket bound(Network network) throws SocketErrorException {
        UdpSocket socket = provider.createSocket(IpAddressFamily.IPV4);
        socket.bind(network, new InetSocketAddress("127.0.0.1", 0));
        return socket;
    }

    DatagramStreams streams(InetSocketAddress peer) throws SocketErrorException {
        DatagramStreams streams = bound().stream(peer);
        transport.calls().clear();
        return streams;
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static OutgoingDatagram datagram(String text, InetSocketAddress remote) {
        return new OutgoingDatagram(bytes(text), remote);
    }

    /** Datagrams "0", "1" and so on to {@link #PEER}. */
    static List<OutgoingDatagram> datagrams(int count) {
        return IntStream.range(0, count).mapToObj(i -> datagram("" + i, PEER)).toList();
    }

    List<String> sent() {
        return transport.sent().stream()
                .map(sent -> new String(sent.payload(), StandardCharsets.ISO_8859_1))
                .toList();
    }

    static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    static int send(OutgoingDatagramStream out, List<OutgoingDatagram> datagrams) throws SocketErrorException {
        assertTrue(out.checkSend() > 0);
        return out.send(datagrams);
    }

    static SocketErrorException error(Errno errno) {
        return SocketErrors.of(Operation.SEND, errno, null);
    }

    static ScriptedTransport.Step failing(Errno errno) {
        return () -> {
            throw error(errno);
        };
    }

    static ScriptedTransport.Step taking(int datagrams) {
        return () -> datagrams;
    }

    static SocketErrorException assertCode(ErrorCode expected, Executable call) {
        SocketErrorException error = assertThrows(SocketErrorException.class, call);
        assertEquals(expected, error.errorCode(), error::toString);
        return error;
    }
}
