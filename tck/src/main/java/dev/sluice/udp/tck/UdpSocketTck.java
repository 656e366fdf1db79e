// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static dev.sluice.udp.IpAddressFamily.IPV6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** The states of a socket, its addresses and its options (U1, U2, U5 to U7). */
@EnumSource(IpAddressFamily.class)
public abstract class UdpSocketTck extends RuleTest {

    /** For subclasses. */
    protected UdpSocketTck() {}

    @Test
    final void U1_aNewSocketIsUnboundAndOfItsFamily() throws Exception {
        UdpSocket socket = socket();
        assertEquals(family, socket.addressFamily());
        assertCode(ErrorCode.INVALID_STATE, socket::localAddress);
        assertCode(ErrorCode.INVALID_STATE, socket::remoteAddress);
        assertCode(ErrorCode.INVALID_STATE, () -> socket.stream(null));
        assertCode(ErrorCode.INVALID_STATE, () -> socket.stream(loopback(4000)));
    }

    @Test
    final void U2_portZeroPicksAFreePort() throws Exception {
        InetSocketAddress one = bound().localAddress();
        InetSocketAddress other = bound().localAddress();
        assertEquals(Hosts.loopback(family), one.getAddress());
        assertNotEquals(0, one.getPort());
        assertNotEquals(one, other);
    }

    @Test
    final void U2_theUnspecifiedAddressIsEveryInterface() throws Exception {
        UdpSocket socket = socket();
        socket.bind(new InetSocketAddress(Hosts.unspecified(family), 0));
        assertEquals(Hosts.unspecified(family), socket.localAddress().getAddress());
        DatagramStreams streams = socket.stream(null);
        peer().send(loopback(socket.localAddress().getPort()), "hello");
        assertEquals(List.of("hello"), texts(receive(streams.incoming(), 1)));
    }

    @Test
    final void U2_aGivenPortIsTaken() throws Exception {
        InetSocketAddress free = closedPort();
        UdpSocket socket = socket();
        socket.bind(free);
        assertEquals(free, socket.localAddress());
    }

    @Test
    final void U2_aTakenPortIsAddressInUseAndTheSocketStaysUsable() throws Exception {
        InetSocketAddress taken = bound().localAddress();
        UdpSocket socket = socket();
        SocketErrorException error = assertCode(ErrorCode.ADDRESS_IN_USE, () -> socket.bind(taken));
        assertTrue(error.getStackTrace().length > 0, "errors of bind carry a stack trace");
        assertCode(ErrorCode.INVALID_STATE, socket::localAddress);
        socket.bind(loopback(0));
        assertNotEquals(taken, socket.localAddress());
    }

    @Test
    final void U2_aForeignAddressIsNotBindable() throws Exception {
        InetSocketAddress foreign = new InetSocketAddress(Hosts.foreign(family), 0);
        UdpSocket socket = socket();
        assertCode(ErrorCode.ADDRESS_NOT_BINDABLE, () -> socket.bind(foreign));
        socket.bind(loopback(0));
    }

    @Test
    final void U2_theWrongFamilyIsInvalid() throws Exception {
        UdpSocket socket = socket();
        InetSocketAddress wrong = new InetSocketAddress(Hosts.loopback(Hosts.other(family)), 0);
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.bind(wrong));
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 0);
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.bind(unresolved));
        if (family == IPV6) {
            InetSocketAddress mapped = new InetSocketAddress(Hosts.ip6("00000000000000000000ffff7f000001", 0), 0);
            assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.bind(mapped));
        }
        assertCode(ErrorCode.INVALID_STATE, socket::localAddress);
    }

    @Test
    final void U2_aSecondBindIsInvalidState() throws Exception {
        UdpSocket socket = bound();
        InetSocketAddress local = socket.localAddress();
        assertCode(ErrorCode.INVALID_STATE, () -> socket.bind(loopback(0)));
        assertEquals(local, socket.localAddress());
    }

    @Test
    final void U5_addressesFollowTheState() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        assertCode(ErrorCode.INVALID_STATE, socket::remoteAddress);
        socket.stream(peer.address());
        assertEquals(peer.address(), socket.remoteAddress());
        socket.stream(null);
        assertCode(ErrorCode.INVALID_STATE, socket::remoteAddress);
    }

    @Test
    final void U6_hopLimit() throws Exception {
        UdpSocket socket = socket();
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.setUnicastHopLimit(0));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.setUnicastHopLimit(256));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.setUnicastHopLimit(-1));
        if (can(ProviderCapability.UNICAST_HOP_LIMIT)) {
            int first = socket.unicastHopLimit();
            assertTrue(first >= 1 && first <= 255, "hop limit " + first);
            for (int hops : new int[] {1, 42, 255}) {
                socket.setUnicastHopLimit(hops);
                assertEquals(hops, socket.unicastHopLimit());
            }
        } else {
            assertCode(ErrorCode.NOT_SUPPORTED, socket::unicastHopLimit);
            assertCode(ErrorCode.NOT_SUPPORTED, () -> socket.setUnicastHopLimit(42));
        }
    }

    @Test
    final void U6_bufferSizesReadBackAsTheyWereSet() throws Exception {
        UdpSocket socket = socket();
        socket.setReceiveBufferSize(16_384);
        assertEquals(16_384, socket.receiveBufferSize());
        socket.setSendBufferSize(16_384);
        assertEquals(16_384, socket.sendBufferSize());
    }

    @Test
    final void U6_bufferSizesAreClamped() throws Exception {
        UdpSocket socket = socket();
        assertTrue(socket.receiveBufferSize() > 0 && socket.sendBufferSize() > 0);
        for (long size : new long[] {1, Integer.MAX_VALUE, 1L << 31, 1L << 32, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            socket.setReceiveBufferSize(size);
            assertTrue(socket.receiveBufferSize() > 0, "receive buffer after " + size);
            socket.setSendBufferSize(size);
            assertTrue(socket.sendBufferSize() > 0, "send buffer after " + size);
        }
        long most = socket.receiveBufferSize();
        socket.setReceiveBufferSize(1);
        assertTrue(socket.receiveBufferSize() < most, "1 is the least and 2^63 the most");
    }

    @Test
    final void U6_aBufferOfZeroIsInvalid() throws Exception {
        UdpSocket socket = socket();
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.setReceiveBufferSize(0));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.setSendBufferSize(0));
    }

    @Test
    final void U6_optionsWorkInEveryState() throws Exception {
        UdpSocket socket = bound();
        socket.setSendBufferSize(16_384);
        DatagramStreams streams = socket.stream(peer().address());
        assertEquals(16_384, socket.sendBufferSize());
        socket.setReceiveBufferSize(16_384);
        assertEquals(16_384, socket.receiveBufferSize());
        assertTrue(streams.outgoing().checkSend() > 0);
    }

    @Test
    final void U7_closeIsIdempotentAndEndsEverything() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(peer().address());
        streams.outgoing().checkSend();
        socket.close();
        socket.close();
        ErrorCode ended = ErrorCode.INVALID_STATE;
        assertCode(ended, () -> streams.outgoing().checkSend());
        assertCode(ended, () -> streams.outgoing().send(List.of(datagram("x", null))));
        assertCode(ended, () -> streams.incoming().receive(1));
        assertTrue(streams.outgoing().subscribe().ready());
        assertTrue(streams.incoming().subscribe().ready());
        assertCode(ended, () -> socket.bind(loopback(0)));
        assertCode(ended, () -> socket.stream(null));
        assertCode(ended, socket::localAddress);
        assertCode(ended, socket::remoteAddress);
        assertCode(ended, socket::unicastHopLimit);
        assertCode(ended, () -> socket.setUnicastHopLimit(1));
        assertCode(ended, socket::receiveBufferSize);
        assertCode(ended, () -> socket.setReceiveBufferSize(1));
        assertCode(ended, socket::sendBufferSize);
        assertCode(ended, () -> socket.setSendBufferSize(1));
        assertEquals(family, socket.addressFamily());
        assertEquals(0, socket.statistics().datagramsSent());
        assertTrue(socket.subscribe().ready());
    }

    @Test
    final void U7_thePortIsFreeWhenCloseReturns() throws Exception {
        InetSocketAddress local = bound().localAddress();
        InetSocketAddress address = closedPort();
        for (int round = 0; round < 50; round++) {
            UdpSocket socket = socket();
            socket.bind(address);
            DatagramStreams streams = socket.stream(round % 2 == 0 ? null : local);
            // A channel that is registered with a selector keeps its port until that selects again.
            streams.incoming().subscribe().onReady(() -> {});
            socket.close();
        }
        peerAt(address).send(local, "free");
    }

    @Test
    final void U7_theSocketsOwnPollableIsAlwaysReady() throws Exception {
        UdpSocket socket = socket();
        assertTrue(socket.subscribe().ready());
        socket.subscribe().block();
        socket.bind(loopback(0));
        assertTrue(socket.subscribe().ready());
    }
}
