// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.SendNotPermittedException;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole scenarios, after the guest programs with which the reference host of WASI tests its UDP sockets. Both ends are
 * sockets of the provider.
 */
@EnumSource(IpAddressFamily.class)
public abstract class ScenariosTck extends RuleTest {

    /** For subclasses. */
    protected ScenariosTck() {}

    @Test
    final void U1_U5_U3_states() throws Exception {
        UdpSocket socket = socket();
        assertCode(ErrorCode.INVALID_STATE, () -> socket.stream(null));
        assertCode(ErrorCode.INVALID_STATE, socket::localAddress);
        assertCode(ErrorCode.INVALID_STATE, socket::remoteAddress);
        assertEquals(family, socket.addressFamily());

        socket.bind(loopback(0));
        assertCode(ErrorCode.INVALID_STATE, () -> socket.bind(loopback(0)));
        assertCode(ErrorCode.INVALID_STATE, socket::remoteAddress);
        assertTrue(socket.localAddress().getPort() > 0);

        UdpSocket remote = bound();
        socket.stream(remote.localAddress());
        assertCode(ErrorCode.INVALID_STATE, () -> socket.bind(loopback(0)));
        assertEquals(remote.localAddress(), socket.remoteAddress());
        assertTrue(socket.localAddress().getPort() > 0);
    }

    @Test
    final void U2_bind() throws Exception {
        UdpSocket first = socket();
        first.bind(new InetSocketAddress(Hosts.unspecified(family), 0));
        InetSocketAddress taken = first.localAddress();
        UdpSocket second = socket();
        assertCode(ErrorCode.ADDRESS_IN_USE, () -> second.bind(taken));
        assertCode(ErrorCode.ADDRESS_NOT_BINDABLE, () -> second.bind(new InetSocketAddress(Hosts.foreign(family), 0)));
        assertCode(
                ErrorCode.INVALID_ARGUMENT,
                () -> second.bind(new InetSocketAddress(Hosts.loopback(Hosts.other(family)), 0)));
        first.close();
        second.bind(taken);
        assertEquals(taken, second.localAddress());
    }

    @Test
    final void U3_U5_connect() throws Exception {
        UdpSocket one = bound();
        UdpSocket other = bound();
        UdpSocket socket = bound();
        InetSocketAddress local = socket.localAddress();
        assertCode(
                ErrorCode.INVALID_ARGUMENT, () -> socket.stream(new InetSocketAddress(Hosts.unspecified(family), 9)));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.stream(loopback(0)));
        assertCode(ErrorCode.INVALID_STATE, socket::remoteAddress);
        for (UdpSocket peer : List.of(one, one, other)) {
            socket.stream(peer.localAddress());
            assertEquals(peer.localAddress(), socket.remoteAddress());
            assertEquals(local, socket.localAddress());
        }
        socket.stream(null);
        assertCode(ErrorCode.INVALID_STATE, socket::remoteAddress);
        assertEquals(local, socket.localAddress());
    }

    @Test
    final void U6_sockopts() throws Exception {
        UdpSocket socket = socket();
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.setReceiveBufferSize(0));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.setSendBufferSize(0));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.setUnicastHopLimit(0));
        socket.setReceiveBufferSize(socket.receiveBufferSize());
        socket.setSendBufferSize(socket.sendBufferSize());
        long size = socket.receiveBufferSize();
        socket.setReceiveBufferSize(size);
        assertEquals(size, socket.receiveBufferSize());
        socket.setReceiveBufferSize(-1); // the largest possible
        socket.setSendBufferSize(-1);
        assertTrue(socket.receiveBufferSize() >= size);
        UdpSocket other = socket();
        assertEquals(size, other.receiveBufferSize(), "an option is one socket's own");
    }

    @Test
    final void U3_S1_R3_stream() throws Exception {
        UdpSocket server = bound();
        UdpSocket client = bound();
        DatagramStreams serving = server.stream(null);
        DatagramStreams asking = client.stream(server.localAddress());
        assertEquals(1, send(asking.outgoing(), datagram("question", null)));
        IncomingDatagram question = receive(serving.incoming(), 1).get(0);
        assertEquals(client.localAddress(), question.remoteAddress());
        assertEquals(1, send(serving.outgoing(), new OutgoingDatagram(question.data(), question.remoteAddress())));
        assertEquals(List.of("question"), texts(receive(asking.incoming(), 1)));

        DatagramStreams free = client.stream(null);
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> send(free.outgoing(), datagram("no destination", null)));
        assertEquals(1, send(free.outgoing(), datagram("a destination", server.localAddress())));
        assertEquals(List.of("a destination"), texts(receive(serving.incoming(), 1)));
    }

    @Test
    final void S5_C3_sendTooMuch() throws Exception {
        UdpSocket server = bound();
        DatagramStreams streams = streamsTo(server.localAddress());
        int permitted = streams.outgoing().checkSend();
        assertThrows(SendNotPermittedException.class, () -> streams.outgoing()
                .send(Collections.nCopies(permitted + 1, new OutgoingDatagram(bytes("x")))));
        DatagramStreams serving = server.stream(null);
        assertEquals(List.of(), serving.incoming().receive(1));
        int again = streams.outgoing().checkSend(); // in Java a trap ends the call, and not the stream
        assertTrue(again > 0);
        assertEquals(1, streams.outgoing().send(List.of(new OutgoingDatagram(bytes("y")))));
        assertEquals(List.of("y"), texts(receive(serving.incoming(), 1)));
    }

    @Test
    final void S8_E8_sendToAClosedReceiver() throws Exception {
        UdpSocket server = bound();
        InetSocketAddress address = server.localAddress();
        DatagramStreams streams = streamsTo(address);
        server.close();
        assertEquals(1, send(streams.outgoing(), datagram("lost", null)));
        awaitPendingError(streams.incoming());
        assertCode(ErrorCode.CONNECTION_REFUSED, () -> send(streams.outgoing(), datagram("refused", null)));
        UdpSocket again = socket();
        again.bind(address);
        DatagramStreams serving = again.stream(null);
        assertEquals(1, send(streams.outgoing(), datagram("arrives", null)));
        assertEquals(List.of("arrives"), texts(receive(serving.incoming(), 1)));
    }

    @Test
    final void S1_R1_P1_sampleApplication() throws Exception {
        UdpSocket server = bound();
        DatagramStreams serving = server.stream(null);
        UdpSocket client = socket();
        client.bind(new InetSocketAddress(Hosts.unspecified(family), 0));
        DatagramStreams asking = client.stream(server.localAddress());
        List<OutgoingDatagram> greetings = List.of(
                new OutgoingDatagram(bytes("")), // an empty one first
                new OutgoingDatagram(bytes("hello")),
                new OutgoingDatagram(bytes("world")));
        sendAll(asking.outgoing(), greetings);
        List<IncomingDatagram> arrived = receive(serving.incoming(), 3);
        assertEquals(List.of("", "hello", "world"), texts(arrived));
        int port = client.localAddress().getPort();
        arrived.forEach(datagram -> assertEquals(loopback(port), datagram.remoteAddress()));
    }
}
