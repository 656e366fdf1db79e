// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import dev.sluice.udp.spi.TransportOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The states of a socket when the system refuses (U1 to U3, U6, U7, V3). */
class StatesTest extends Scripted {
    private static final InetSocketAddress LOCAL = new InetSocketAddress("127.0.0.1", 40_000);

    private static ScriptedTransport.Step failing(Operation operation, Errno errno) {
        return () -> {
            throw SocketErrors.of(operation, errno, null);
        };
    }

    private static void assertOpenFails(ErrorCode code, IOException error) {
        try (ScriptedProvider failing = new ScriptedProvider(() -> {
            throw error;
        })) {
            SocketErrorException thrown = assertCode(code, () -> failing.createSocket(IpAddressFamily.IPV4));
            assertTrue(thrown == error || thrown.getCause() == error);
        }
    }

    @Test
    void U1_whatCreationFailsWith() {
        assertOpenFails(ErrorCode.NEW_SOCKET_LIMIT, SocketErrors.of(Operation.CREATE, Errno.EMFILE, null));
        assertOpenFails(ErrorCode.NEW_SOCKET_LIMIT, SocketErrors.of(Operation.CREATE, Errno.ENFILE, null));
        assertOpenFails(ErrorCode.NOT_SUPPORTED, SocketErrors.of(Operation.CREATE, Errno.EAFNOSUPPORT, null));
        assertOpenFails(ErrorCode.OUT_OF_MEMORY, SocketErrors.of(Operation.CREATE, Errno.ENOBUFS, null));
        assertOpenFails(ErrorCode.UNKNOWN, new IOException("strange"));
    }

    @Test
    void U2_aFailedBindLeavesItUnbound() throws Exception {
        transport.onBind(failing(Operation.BIND, Errno.EADDRINUSE), failing(Operation.BIND, Errno.EACCES));
        UdpSocket socket = provider.createSocket(IpAddressFamily.IPV4);
        assertCode(ErrorCode.ADDRESS_IN_USE, () -> socket.bind(LOCAL));
        assertCode(ErrorCode.ACCESS_DENIED, () -> socket.bind(LOCAL));
        assertCode(ErrorCode.INVALID_STATE, () -> socket.stream(null));
        socket.bind(LOCAL);
        assertEquals(LOCAL, socket.localAddress());
        assertEquals(List.of("bind", "bind", "bind"), transport.calls());
    }

    @Test
    void U3_aStreamThatFailsInTheKernelLeavesNoPeer() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams first = socket.stream(PEER);
        transport.onConnect(failing(Operation.CONNECT, Errno.ENETUNREACH));
        assertCode(ErrorCode.REMOTE_UNREACHABLE, () -> socket.stream(OTHER));
        assertCode(ErrorCode.INVALID_STATE, socket::remoteAddress);
        assertCode(ErrorCode.INVALID_STATE, () -> first.outgoing().checkSend());
        assertTrue(first.incoming().subscribe().ready());
        transport.calls().clear();
        socket.stream(null); // disconnects once more, to be sure
        assertEquals(List.of("disconnect"), transport.calls());
        socket.stream(null);
        assertEquals(List.of("disconnect"), transport.calls());
    }

    @Test
    void U3_noPeerIsTheFirstStateAndNeedsNoCall() throws Exception {
        streams(null);
        assertEquals(List.of(), transport.calls());
    }

    @Test
    void U3_aKeptErrorOfTheOldPeerIsForgotten() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams old = socket.stream(PEER);
        transport.onSend(taking(1), failing(Errno.ECONNREFUSED));
        assertEquals(1, send(old.outgoing(), datagrams(2)));
        DatagramStreams next = socket.stream(OTHER);
        assertFalse(next.incoming().subscribe().ready());
        assertEquals(1, send(next.outgoing(), List.of(datagram("x", null))));
    }

    @Test
    void U3_aRefusedCallDoesNotTouchTheKernel() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams first = socket.stream(PEER);
        transport.calls().clear();
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.stream(INVALID));
        assertEquals(List.of(), transport.calls());
        assertEquals(PEER, socket.remoteAddress());
        assertCode(ErrorCode.INVALID_STATE, () -> first.incoming().receive(1));
    }

    @Test
    void U6_valuesAreWhatTheSystemCanTake() throws Exception {
        UdpSocket socket = bound();
        for (long size : new long[] {1L << 31, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            socket.setSendBufferSize(size);
            assertEquals(Integer.MAX_VALUE, transport.get(TransportOption.SEND_BUFFER_SIZE));
        }
        socket.setReceiveBufferSize(1);
        assertEquals(1, transport.get(TransportOption.RECEIVE_BUFFER_SIZE));
        transport.calls().clear();
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.setReceiveBufferSize(0));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.setUnicastHopLimit(256));
        assertEquals(List.of(), transport.calls());
        assertCode(ErrorCode.NOT_SUPPORTED, socket::unicastHopLimit);
    }

    @Test
    void U7_theTransportIsClosedOnceAndNeverUsedAfterwards() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(PEER);
        streams.outgoing().checkSend();
        transport.calls().clear();
        socket.close();
        socket.close();
        provider.close();
        assertCode(ErrorCode.INVALID_STATE, () -> streams.outgoing().send(datagrams(1)));
        assertCode(ErrorCode.INVALID_STATE, () -> streams.incoming().receive(1));
        assertTrue(streams.incoming().subscribe().ready());
        streams.outgoing().subscribe().onReady(() -> {}).cancel();
        assertCode(ErrorCode.INVALID_STATE, socket::sendBufferSize);
        assertEquals(List.of("close"), transport.calls());
    }

    @Test
    void V3_aStoppedProviderHasClosedWhatItMade() throws Exception {
        UdpSocket socket = bound();
        provider.close();
        assertTrue(transport.calls().contains("close"));
        assertCode(ErrorCode.INVALID_STATE, socket::localAddress);
        assertEquals(Optional.of("it was stopped"), provider.unavailability());
        assertCode(ErrorCode.INVALID_STATE, () -> provider.createSocket(IpAddressFamily.IPV4));
    }

    @Test
    void U7_theSocketsPollableIsOneAndReady() throws Exception {
        UdpSocket socket = bound();
        assertSame(socket.subscribe(), socket.subscribe());
        assertTrue(socket.subscribe().ready());
        AtomicInteger ran = new AtomicInteger();
        socket.subscribe().onReady(ran::incrementAndGet).cancel();
        assertEquals(1, ran.get());
    }

    private static final class Asked extends OpenNetwork {
        private int times;

        @Override
        public boolean mayBind(InetSocketAddress local) {
            times++;
            return true;
        }
    }

    @Test
    void U2_theNetworkIsNotAskedWhenTheStateForbids() throws Exception {
        Asked network = new Asked();
        UdpSocket socket = bound();
        assertCode(ErrorCode.INVALID_STATE, () -> socket.bind(network, LOCAL));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.bind(network, new InetSocketAddress("::1", 0)));
        socket.close();
        assertCode(ErrorCode.INVALID_STATE, () -> socket.bind(network, new InetSocketAddress("::1", 0)));
        assertEquals(0, network.times);
    }

    @Test
    void U6_aClosedSocketIsInvalidStateWhateverTheValue() throws Exception {
        UdpSocket socket = bound();
        socket.close();
        assertCode(ErrorCode.INVALID_STATE, () -> socket.setSendBufferSize(0));
        assertCode(ErrorCode.INVALID_STATE, () -> socket.setReceiveBufferSize(0));
        assertCode(ErrorCode.INVALID_STATE, () -> socket.setUnicastHopLimit(0));
    }
}
