// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.spi.TransportOption;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is refused before the transport is called (E1 to E6, N1, N2, U2, U3, U5, U6). */
class ValidationTest extends Scripted {

    /** A network that allows what a predicate says, for sending and receiving. */
    private static final class Some extends OpenNetwork {
        private Predicate<InetSocketAddress> send = remote -> true;
        private Predicate<InetSocketAddress> receive = remote -> true;
        private boolean bind = true;

        @Override
        public boolean mayBind(InetSocketAddress local) {
            return bind;
        }

        @Override
        public boolean maySendTo(InetSocketAddress remote) {
            return send.test(remote);
        }

        @Override
        public boolean mayReceiveFrom(InetSocketAddress remote) {
            return receive.test(remote);
        }
    }

    private static OutgoingDatagram ofSize(int bytes) {
        return new OutgoingDatagram(ByteBuffer.allocate(bytes), PEER);
    }

    /** Alone it is thrown, behind another it ends the send; from a list and from a batch. */
    private void assertRefused(ErrorCode code, DatagramStreams streams, OutgoingDatagram bad) throws Exception {
        OutgoingDatagramStream out = streams.outgoing();
        OutgoingDatagram good = datagram("good", PEER);
        transport.sent().clear();
        assertCode(code, () -> send(out, List.of(bad, good)));
        assertEquals(1, send(out, List.of(good, bad, good)));
        DatagramBatch batch = new DatagramBatch(3, 150_000);
        batch.add(bad.remoteAddress(), bad.data());
        batch.add(good.remoteAddress(), good.data());
        batch.add(bad.remoteAddress(), bad.data());
        out.checkSend();
        assertCode(code, () -> out.send(batch, 0, 3));
        out.checkSend();
        assertEquals(1, out.send(batch, 1, 3));
        assertEquals(List.of("good", "good"), sent());
    }

    @Test
    void E1_E2_E3_E5_anInvalidDestination() throws Exception {
        DatagramStreams streams = streams(null);
        List<InetSocketAddress> invalid = new ArrayList<>(List.of(
                new InetSocketAddress("::1", 7001),
                InetSocketAddress.createUnresolved("nowhere.invalid", 7001),
                new InetSocketAddress("0.0.0.0", 7001),
                INVALID));
        invalid.add(null);
        for (InetSocketAddress remote : invalid) {
            assertRefused(ErrorCode.INVALID_ARGUMENT, streams, datagram("bad", remote));
        }
    }

    @Test
    void E4_anotherThanThePeer() throws Exception {
        assertRefused(ErrorCode.INVALID_ARGUMENT, streams(PEER), datagram("bad", OTHER));
    }

    @ParameterizedTest
    @EnumSource(IpAddressFamily.class)
    void E6_theLargestOfEachFamilyAndOneByteMore(IpAddressFamily family) throws Exception {
        InetSocketAddress remote = new InetSocketAddress(family == IpAddressFamily.IPV4 ? "127.0.0.1" : "::1", 7001);
        UdpSocket socket = provider.createSocket(family);
        assertEquals(family, socket.addressFamily());
        socket.bind(new InetSocketAddress(remote.getAddress(), 0));
        OutgoingDatagramStream out = socket.stream(null).outgoing();
        ByteBuffer largest = ByteBuffer.allocate(family.maxDatagramSize());
        ByteBuffer larger = ByteBuffer.allocate(family.maxDatagramSize() + 1);
        assertEquals(1, send(out, List.of(new OutgoingDatagram(largest, remote))));
        assertCode(ErrorCode.DATAGRAM_TOO_LARGE, () -> send(out, List.of(new OutgoingDatagram(larger, remote))));
        assertEquals(1, transport.sent().size());
    }

    @Test
    void E6_aLargerOne() throws Exception {
        OutgoingDatagram bad = ofSize(IpAddressFamily.IPV4.maxDatagramSize() + 1);
        assertRefused(ErrorCode.DATAGRAM_TOO_LARGE, streams(null), bad);
        assertRefused(ErrorCode.DATAGRAM_TOO_LARGE, streams(PEER), bad);
    }

    @Test
    void N1_aDestinationThatTheNetworkForbids() throws Exception {
        Some network = new Some();
        network.send = remote -> !remote.equals(OTHER);
        assertRefused(ErrorCode.ACCESS_DENIED, bound(network).stream(null), datagram("bad", OTHER));
    }

    @Test
    void N1_aPeerThatTheNetworkForbidsLater() throws Exception {
        Some network = new Some();
        DatagramStreams streams = bound(network).stream(PEER);
        network.send = remote -> false;
        assertCode(ErrorCode.ACCESS_DENIED, () -> send(streams.outgoing(), List.of(datagram("named", PEER))));
        assertCode(ErrorCode.ACCESS_DENIED, () -> send(streams.outgoing(), List.of(datagram("not named", null))));
        assertEquals(List.of(), sent());
    }

    @Test
    void N2_aPeerNeedsOneOfTheTwoRights() throws Exception {
        Some network = new Some();
        UdpSocket socket = bound(network);
        network.receive = remote -> false;
        socket.stream(PEER);
        network.receive = remote -> true;
        network.send = remote -> false;
        socket.stream(PEER);
        network.receive = remote -> false;
        assertCode(ErrorCode.ACCESS_DENIED, () -> socket.stream(PEER));
        assertEquals(PEER, socket.remoteAddress());
    }

    @Test
    void N2_U2_aBindThatTheNetworkForbids() throws Exception {
        Some network = new Some();
        network.bind = false;
        assertCode(ErrorCode.ACCESS_DENIED, () -> bound(network));
        assertFalse(transport.calls().contains("bind"));
    }

    @Test
    void R4_U4_whatIsDroppedIsCountedByItsReason() throws Exception {
        Some network = new Some();
        network.receive = remote -> !remote.equals(OTHER);
        UdpSocket socket = bound(network);
        DatagramStreams streams = socket.stream(null);
        transport.arrive(new byte[1], OTHER).arrive(new byte[2], PEER);
        assertEquals(1, streams.incoming().receive(10).size());
        DatagramStreams ofPeer = socket.stream(PEER);
        transport.arrive(new byte[1], new InetSocketAddress("127.0.0.1", 7003)).arrive(new byte[3], PEER);
        assertEquals(1, ofPeer.incoming().receive(10).size());
        assertEquals(1, socket.statistics().droppedByNetwork());
        assertEquals(1, socket.statistics().droppedByPeerFilter());
        assertEquals(2, socket.statistics().datagramsReceived());
        assertEquals(5, socket.statistics().bytesReceived());
    }

    @Test
    void U5_addressesFollowTheState() throws Exception {
        UdpSocket socket = provider.createSocket(IpAddressFamily.IPV4);
        assertCode(ErrorCode.INVALID_STATE, socket::localAddress);
        assertCode(ErrorCode.INVALID_STATE, socket::remoteAddress);
        assertCode(ErrorCode.INVALID_STATE, () -> socket.stream(null));
        socket.bind(new InetSocketAddress("127.0.0.1", 0));
        assertEquals(40_000, socket.localAddress().getPort());
        assertCode(ErrorCode.INVALID_STATE, socket::remoteAddress);
        socket.stream(PEER);
        assertEquals(PEER, socket.remoteAddress());
        socket.stream(null);
        assertCode(ErrorCode.INVALID_STATE, socket::remoteAddress);
        socket.close();
        assertCode(ErrorCode.INVALID_STATE, socket::remoteAddress);
    }

    @Test
    void U6_optionsReachTheTransport() throws Exception {
        UdpSocket socket = bound();
        for (int hops : new int[] {1, 42, 255}) {
            socket.setUnicastHopLimit(hops);
            assertEquals(hops, socket.unicastHopLimit());
            assertEquals(hops, transport.get(TransportOption.UNICAST_HOP_LIMIT));
        }
        for (int hops : new int[] {-1, 0, 256}) {
            assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.setUnicastHopLimit(hops));
        }
        socket.setReceiveBufferSize(1_000);
        socket.setSendBufferSize(2_000);
        assertEquals(1_000, socket.receiveBufferSize());
        assertEquals(2_000, socket.sendBufferSize());
    }
}
