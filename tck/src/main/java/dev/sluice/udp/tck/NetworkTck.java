// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** What the {@code Network} allows (N1, N2, R4). */
@EnumSource(IpAddressFamily.class)
public abstract class NetworkTck extends RuleTest {
    private final TestNetwork network = new TestNetwork();

    /** For subclasses. */
    protected NetworkTck() {}

    private UdpSocket restricted() throws Exception {
        UdpSocket socket = socket();
        socket.bind(network, loopback(0));
        network.asked.clear();
        return socket;
    }

    @Test
    final void N1_aForbiddenDestinationIsAccessDenied() throws Exception {
        Peer allowed = peer();
        Peer forbidden = peer();
        network.send = address -> !address.equals(forbidden.address());
        OutgoingDatagramStream out = restricted().stream(null).outgoing();
        OutgoingDatagram good = datagram("good", allowed.address());
        OutgoingDatagram bad = datagram("bad", forbidden.address());
        assertEquals(2, send(out, good, good, bad, good));
        assertCode(ErrorCode.ACCESS_DENIED, () -> send(out, bad, good));
        DatagramBatch batch = new DatagramBatch(2, 100);
        batch.add(forbidden.address(), bytes("bad"));
        batch.add(allowed.address(), bytes("good"));
        out.checkSend();
        assertCode(ErrorCode.ACCESS_DENIED, () -> out.send(batch, 0, 2));
        assertEquals(1, send(out, good));
        assertEquals(List.of("good", "good", "good"), allowed.texts());
        assertEquals(List.of(), forbidden.texts());
    }

    @Test
    final void N1_isAskedAgainByEachSend() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = restricted().stream(peer.address()).outgoing();
        assertEquals(1, send(out, datagram("allowed", null)));
        network.send = address -> false;
        assertCode(ErrorCode.ACCESS_DENIED, () -> send(out, datagram("not allowed", null)));
        assertCode(ErrorCode.ACCESS_DENIED, () -> send(out, datagram("not allowed", peer.address())));
        assertEquals(List.of("allowed"), peer.texts());
    }

    @Test
    final void N1_comesAfterTheAddressAndBeforeTheSize() throws Exception {
        network.send = address -> false;
        DatagramStreams streams = restricted().stream(null);
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> send(streams.outgoing(), datagram("x", loopback(0))));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> send(streams.outgoing(), datagram("x", null)));
        assertEquals(List.of(), network.asked);
        String tooLarge = "x".repeat(70_000);
        assertCode(ErrorCode.ACCESS_DENIED, () -> send(streams.outgoing(), datagram(tooLarge, loopback(4000))));
    }

    @Test
    final void N1_whatTheNetworkThrowsReachesTheCallerAndNothingIsSent() throws Exception {
        Peer peer = peer();
        InetSocketAddress second = peer().address();
        network.send = address -> {
            if (address.equals(second)) {
                throw new IllegalStateException("thrown by the network");
            }
            return true;
        };
        OutgoingDatagramStream out = restricted().stream(null).outgoing();
        assertThrows(
                IllegalStateException.class, () -> send(out, datagram("1", peer.address()), datagram("2", second)));
        assertEquals(List.of(), peer.texts());
        assertEquals(1, send(out, datagram("3", peer.address())));
        assertEquals(List.of("3"), peer.texts());
    }

    @Test
    final void N2_aForbiddenBindIsAccessDenied() throws Exception {
        network.bind = address -> address.getPort() == 0;
        UdpSocket socket = socket();
        InetSocketAddress wrong = new InetSocketAddress(Hosts.loopback(Hosts.other(family)), 1);
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.bind(network, wrong));
        assertEquals(List.of(), network.asked);
        InetSocketAddress forbidden = closedPort();
        assertCode(ErrorCode.ACCESS_DENIED, () -> socket.bind(network, forbidden));
        assertEquals(List.of("bind " + forbidden), network.asked);
        assertCode(ErrorCode.INVALID_STATE, socket::localAddress);
        peerAt(forbidden); // the port is still free
        socket.bind(network, loopback(0));
    }

    @Test
    final void N2_aPeerNeedsOneOfTheTwoRights() throws Exception {
        Peer peer = peer();
        UdpSocket socket = restricted();
        socket.stream(peer.address());
        network.send = address -> false;
        socket.stream(peer.address());
        network.receive = address -> false;
        assertCode(ErrorCode.ACCESS_DENIED, () -> socket.stream(peer.address()));
        assertEquals(peer.address(), socket.remoteAddress()); // a refused call changes nothing else
        network.send = address -> true;
        assertEquals(1, send(socket.stream(peer.address()).outgoing(), datagram("may send", null)));
        assertEquals(List.of("may send"), peer.texts());
    }

    @Test
    final void N2_isNotAskedAboutAnInvalidPeer() throws Exception {
        UdpSocket socket = restricted();
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.stream(loopback(0)));
        socket.stream(null);
        assertEquals(List.of(), network.asked);
    }

    @Test
    final void N2_U8_isAskedUnderNoLock() throws Exception {
        Peer peer = peer();
        UdpSocket socket = socket();
        network.bind = address -> usable(socket);
        socket.bind(network, loopback(0));
        network.send = address -> usable(socket);
        network.receive = address -> usable(socket);
        DatagramStreams streams = socket.stream(peer.address());
        assertEquals(1, send(streams.outgoing(), datagram("x", null)));
        peer.send(socket.localAddress(), "y");
        assertEquals(List.of("y"), texts(receive(streams.incoming(), 1)));
    }

    /** Whether another thread can use the socket meanwhile, with a call that takes all its locks. */
    private boolean usable(UdpSocket socket) {
        try {
            return CompletableFuture.supplyAsync(() -> {
                        try {
                            return socket.receiveBufferSize() > 0;
                        } catch (dev.sluice.udp.SocketErrorException e) {
                            return false;
                        }
                    })
                    .get(patience().toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the network is asked under a lock", e);
        }
    }

    @Test
    final void R4_aForbiddenSourceIsDroppedAndCounted() throws Exception {
        Peer allowed = peer();
        Peer forbidden = peer();
        network.receive = address -> !address.equals(forbidden.address());
        UdpSocket socket = restricted();
        DatagramStreams streams = socket.stream(null);
        forbidden.send(socket.localAddress(), "no");
        allowed.send(socket.localAddress(), "1");
        forbidden.send(socket.localAddress(), "no");
        forbidden.send(socket.localAddress(), "");
        allowed.send(socket.localAddress(), "2");
        assertEquals(List.of("1", "2"), texts(receive(streams.incoming(), 2)));
        assertEquals(List.of(), streams.incoming().receive(1));
        assertEquals(3, socket.statistics().droppedByNetwork());
        assertEquals(2, socket.statistics().datagramsReceived());
        assertEquals(2, socket.statistics().bytesReceived());
    }

    @Test
    final void R4_inABatchToo() throws Exception {
        Peer allowed = peer();
        Peer forbidden = peer();
        network.receive = address -> !address.equals(forbidden.address());
        UdpSocket socket = restricted();
        DatagramStreams streams = socket.stream(null);
        forbidden.send(socket.localAddress(), "no");
        allowed.send(socket.localAddress(), "1");
        forbidden.send(socket.localAddress(), "no");
        allowed.send(socket.localAddress(), "2");
        DatagramBatch batch = new DatagramBatch(20, 10 * family.maxDatagramSize());
        while (batch.size() < 2) {
            await(streams.incoming().subscribe());
            streams.incoming().receive(batch, 10);
        }
        assertEquals(2, batch.size());
        assertEquals('1', batch.bytes(0)[0]);
        assertEquals('2', batch.bytes(1)[0]);
        assertEquals(2, socket.statistics().droppedByNetwork());
    }

    @Test
    final void R4_U4_thePeerFilterAndTheNetworkAreCountedApart() throws Exception {
        Peer peer = peer();
        Peer other = peer();
        UdpSocket socket = bound();
        socket.stream(null);
        other.send(socket.localAddress(), "queued before there was a peer");
        DatagramStreams streams = socket.stream(peer.address());
        peer.send(socket.localAddress(), "x");
        assertEquals(List.of("x"), texts(receive(streams.incoming(), 1)));
        assertEquals(0, socket.statistics().droppedByNetwork());
        assertTrue(socket.statistics().droppedByPeerFilter() <= 1);
        assertEquals(1, socket.statistics().datagramsReceived());
    }
}
