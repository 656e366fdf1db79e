// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ConnectTest {
    private final EpollProvider provider = new EpollProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    private UdpSocket socket(IpAddressFamily family) throws IOException {
        UdpSocket socket = provider.createSocket(family);
        socket.bind(Peer.loopback(family, 0));
        return socket;
    }

    private static List<IncomingDatagram> receive(IncomingDatagramStream in, int count) throws Exception {
        List<IncomingDatagram> all = new ArrayList<>();
        while (all.size() < count) {
            assertTrue(in.subscribe().block(Peer.LONG), "nothing arrived");
            all.addAll(in.receive(count - all.size()));
        }
        return all;
    }

    private static void send(UdpSocket from, InetSocketAddress peer, int value) throws IOException {
        OutgoingDatagramStream out = from.stream(peer).outgoing();
        out.checkSend();
        assertEquals(1, out.send(List.of(new OutgoingDatagram(ByteBuffer.wrap(new byte[] {(byte) value}), null))));
    }

    @ParameterizedTest
    @EnumSource
    void U3_thePortStaysWhenThePeerIsDropped(IpAddressFamily family) throws Exception {
        try (Peer peer = new Peer(family);
                UdpSocket wildcard = provider.createSocket(family)) {
            wildcard.bind(new InetSocketAddress(family == IpAddressFamily.IPV4 ? "0.0.0.0" : "::", 0));
            InetSocketAddress bound = wildcard.localAddress();
            assertTrue(bound.getPort() != 0);
            for (int i = 0; i < 3; i++) {
                wildcard.stream(peer.address());
                assertEquals(Peer.loopback(family, bound.getPort()), wildcard.localAddress());
                IncomingDatagramStream in = wildcard.stream(null).incoming();
                assertEquals(bound, wildcard.localAddress());
                peer.send(Peer.loopback(family, bound.getPort()), (byte) i);
                assertEquals(i, receive(in, 1).get(0).data().get(0));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void U4_whatThePeerSentBeforeStaysAndStrangersAreDropped(IpAddressFamily family) throws Exception {
        try (Peer peer = new Peer(family);
                Peer stranger = new Peer(family);
                UdpSocket socket = socket(family)) {
            for (int i = 0; i < 20; i++) {
                (i % 2 == 0 ? peer : stranger).send(socket.localAddress(), (byte) i);
            }
            IncomingDatagramStream in = socket.stream(peer.address()).incoming();
            peer.send(socket.localAddress()); // an empty one, too
            stranger.send(socket.localAddress(), (byte) 99);
            peer.send(socket.localAddress(), (byte) 20);
            List<IncomingDatagram> received = receive(in, 12);
            for (int i = 0; i < 10; i++) {
                assertEquals(2 * i, received.get(i).data().get(0));
                assertEquals(peer.address(), received.get(i).remoteAddress());
            }
            assertEquals(0, received.get(10).data().remaining());
            assertEquals(20, received.get(11).data().get(0));
            assertEquals(List.of(), in.receive(10));
        }
    }

    @ParameterizedTest
    @EnumSource
    void R3_emptyDatagramsAreReceivedWithAPeerAndWithout(IpAddressFamily family) throws Exception {
        try (Peer peer = new Peer(family);
                UdpSocket socket = socket(family)) {
            for (InetSocketAddress remote : new InetSocketAddress[] {null, peer.address()}) {
                IncomingDatagramStream in = socket.stream(remote).incoming();
                assertEquals(List.of(), in.receive(1)); // with a peer, sources aren't asked for any more
                peer.send(socket.localAddress());
                peer.send(socket.localAddress(), (byte) 1);
                peer.send(socket.localAddress());
                List<IncomingDatagram> received = receive(in, 3);
                assertEquals(0, received.get(0).data().remaining());
                assertEquals(1, received.get(1).data().remaining());
                assertEquals(0, received.get(2).data().remaining());
                assertEquals(peer.address(), received.get(0).remoteAddress());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void S8_anErrorIsReportedOnceAndNotTheNewPeers(IpAddressFamily family) throws Exception {
        try (Peer nobody = Peer.deaf(family);
                Peer peer = new Peer(family);
                UdpSocket socket = socket(family)) {
            send(socket, nobody.address(), 1);
            send(socket, peer.address(), 2); // the old peer's error is forgotten
            assertArrayEquals(new byte[] {2}, peer.receive());

            IncomingDatagramStream in = refused(socket, nobody.address());
            assertCode(ErrorCode.CONNECTION_REFUSED, 111, in);
            assertEquals(List.of(), in.receive(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void E8_theErrnoIsKnownAlsoWhileSourcesAreAskedFor(IpAddressFamily family) throws Exception {
        try (Peer nobody = Peer.deaf(family);
                Peer stranger = new Peer(family);
                UdpSocket socket = socket(family)) {
            stranger.send(socket.localAddress(), (byte) 1); // queued before the peer is set
            assertCode(ErrorCode.CONNECTION_REFUSED, 111, refused(socket, nobody.address()));
        }
    }

    /** A socket that has sent to a port where nobody is, and knows by now. */
    private static IncomingDatagramStream refused(UdpSocket socket, InetSocketAddress nobody) throws Exception {
        var streams = socket.stream(nobody);
        streams.outgoing().checkSend();
        streams.outgoing().send(List.of(new OutgoingDatagram(ByteBuffer.allocate(1), null)));
        streams.incoming().subscribe().block(Peer.LONG);
        assertTrue(streams.incoming().subscribe().ready());
        return streams.incoming();
    }

    private static void assertCode(ErrorCode code, int errno, IncomingDatagramStream in) {
        SocketErrorException e = assertThrows(SocketErrorException.class, () -> in.receive(1));
        assertEquals(code, e.errorCode());
        assertEquals(errno, e.errno().orElse(0));
    }

    @Test
    void U1_ipv6IsOnlyIpv6() throws Exception {
        try (UdpSocket six = provider.createSocket(IpAddressFamily.IPV6);
                UdpSocket four = provider.createSocket(IpAddressFamily.IPV4)) {
            six.bind(new InetSocketAddress("::", 0));
            four.bind(new InetSocketAddress("0.0.0.0", six.localAddress().getPort()));
            assertEquals(six.localAddress().getPort(), four.localAddress().getPort());
        }
    }

    @ParameterizedTest
    @EnumSource
    void U2_errorsOfBindHaveTheirErrno(IpAddressFamily family) throws Exception {
        try (Peer peer = new Peer(family);
                UdpSocket socket = provider.createSocket(family)) {
            SocketErrorException taken = assertThrows(SocketErrorException.class, () -> socket.bind(peer.address()));
            assertEquals(ErrorCode.ADDRESS_IN_USE, taken.errorCode());
            assertEquals(98, taken.errno().orElse(0));
            InetSocketAddress foreign = new InetSocketAddress(
                    InetAddress.getByName(family == IpAddressFamily.IPV4 ? "192.0.2.1" : "2001:db8::1"), 0);
            SocketErrorException notOurs = assertThrows(SocketErrorException.class, () -> socket.bind(foreign));
            assertEquals(ErrorCode.ADDRESS_NOT_BINDABLE, notOurs.errorCode());
            socket.bind(Peer.loopback(family, 0)); // a failed bind leaves it unbound
        }
    }

    @ParameterizedTest
    @EnumSource
    void U5_addressesHaveNoScopeThatNobodyGave(IpAddressFamily family) throws Exception {
        try (Peer peer = new Peer(family);
                UdpSocket socket = socket(family)) {
            IncomingDatagramStream in = socket.stream(null).incoming();
            peer.send(socket.localAddress(), (byte) 1);
            assertEquals(
                    peer.address().toString(),
                    receive(in, 1).get(0).remoteAddress().toString());
            assertTrue(!socket.localAddress().toString().contains("%"));
            assertEquals(
                    InetSocketAddress.class,
                    receiveOne(peer, socket, in).remoteAddress().getClass());
        }
    }

    private static IncomingDatagram receiveOne(Peer peer, UdpSocket socket, IncomingDatagramStream in)
            throws Exception {
        peer.send(socket.localAddress(), (byte) 1);
        return receive(in, 1).get(0);
    }

    @ParameterizedTest
    @EnumSource
    void U6_optionsReadBackAsThemselves(IpAddressFamily family) throws Exception {
        try (UdpSocket socket = socket(family)) {
            socket.setUnicastHopLimit(7);
            assertEquals(7, socket.unicastHopLimit());
            socket.setReceiveBufferSize(50_000);
            assertEquals(50_000, socket.receiveBufferSize());
            socket.setSendBufferSize(60_000);
            assertEquals(60_000, socket.sendBufferSize());
            socket.setSendBufferSize(1);
            assertTrue(socket.sendBufferSize() >= 1);
            socket.setReceiveBufferSize(-1);
            assertTrue(socket.receiveBufferSize() > 60_000);
        }
    }
}
