// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SendNotPermittedException;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** Setting, changing and dropping the peer (U3, U4). */
@EnumSource(IpAddressFamily.class)
public abstract class StreamTck extends RuleTest {

    /** For subclasses. */
    protected StreamTck() {}

    private void assertSuperseded(DatagramStreams streams) {
        OutgoingDatagramStream out = streams.outgoing();
        assertTrue(out.subscribe().ready());
        assertTrue(streams.incoming().subscribe().ready());
        assertCode(ErrorCode.INVALID_STATE, out::checkSend);
        assertCode(ErrorCode.INVALID_STATE, () -> out.send(List.of(datagram("x", null))));
        assertCode(ErrorCode.INVALID_STATE, () -> streams.incoming().receive(1));
        assertCode(ErrorCode.INVALID_STATE, () -> streams.incoming().receive(0));
    }

    @Test
    final void U3_thePortStaysWhileThePeerChanges() throws Exception {
        Peer one = peer();
        Peer other = peer();
        UdpSocket socket = bound();
        InetSocketAddress local = socket.localAddress();
        InetSocketAddress[] remotes = {null, one.address(), other.address(), one.address(), null, other.address()};
        for (InetSocketAddress remote : remotes) {
            OutgoingDatagramStream out = socket.stream(remote).outgoing();
            assertEquals(local, socket.localAddress());
            assertEquals(1, send(out, datagram("x", remote == null ? one.address() : null)));
        }
        for (Peer peer : List.of(one, other)) {
            peer.everything().forEach(received -> assertEquals(local, received.source()));
        }
    }

    @Test
    final void U3_aPortPickedForEveryInterfaceStaysToo() throws Exception {
        Peer peer = peer();
        UdpSocket socket = socket();
        socket.bind(new InetSocketAddress(Hosts.unspecified(family), 0));
        int port = socket.localAddress().getPort();
        for (int round = 0; round < 3; round++) {
            assertEquals(1, send(socket.stream(peer.address()).outgoing(), datagram("peer", null)));
            assertEquals(port, socket.localAddress().getPort());
            assertEquals(1, send(socket.stream(null).outgoing(), datagram("none", peer.address())));
            assertEquals(port, socket.localAddress().getPort());
        }
        List<Peer.Received> all = peer.everything();
        assertEquals(6, all.size());
        all.forEach(received -> assertEquals(loopback(port), received.source()));
    }

    @Test
    final void U3_everyCallSupersedesThePairBefore() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        DatagramStreams first = socket.stream(null);
        first.outgoing().checkSend();
        DatagramStreams second = socket.stream(peer.address());
        assertSuperseded(first);
        DatagramStreams third = socket.stream(peer.address());
        assertSuperseded(second);
        assertEquals(1, send(third.outgoing(), datagram("new", null)));
        assertEquals(List.of("new"), peer.texts());
    }

    @Test
    final void U3_aRefusedCallSupersedesTooAndChangesNothingElse() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        DatagramStreams first = socket.stream(peer.address());
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.stream(loopback(0)));
        assertSuperseded(first);
        assertEquals(peer.address(), socket.remoteAddress());
        peer.send(socket.localAddress(), "still queued");
        DatagramStreams next = socket.stream(peer.address());
        assertEquals(List.of("still queued"), texts(receive(next.incoming(), 1)));
    }

    @Test
    final void U3_anEndedStreamIsInvalidStateBeforeItTraps() throws Exception {
        UdpSocket socket = bound();
        OutgoingDatagramStream out = socket.stream(null).outgoing();
        assertThrows(SendNotPermittedException.class, () -> out.send(List.of(datagram("x", loopback(4000)))));
        socket.stream(null);
        assertCode(ErrorCode.INVALID_STATE, () -> out.send(List.of(datagram("x", loopback(4000)))));
    }

    @Test
    final void U3_supersedingWakesWaiters() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(null);
        var woken = new java.util.concurrent.CountDownLatch(1);
        streams.incoming().subscribe().onReady(woken::countDown);
        socket.stream(null);
        assertTrue(woken.await(patience().toSeconds(), java.util.concurrent.TimeUnit.SECONDS));
    }

    @Test
    final void U3_anErrorOfTheOldPeerIsForgotten() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        DatagramStreams old = socket.stream(closedPort());
        assertEquals(1, send(old.outgoing(), datagram("to a closed port", null)));
        awaitPendingError(old.incoming());
        DatagramStreams next = socket.stream(peer.address());
        assertEquals(1, send(next.outgoing(), datagram("1", null)));
        assertEquals(List.of(), next.incoming().receive(1));
        DatagramStreams none = socket.stream(null);
        assertEquals(1, send(none.outgoing(), datagram("2", peer.address())));
        assertEquals(List.of("1", "2"), peer.texts());
    }

    @Test
    final void U4_onlyThePeersDatagramsAreReceived() throws Exception {
        Peer peer = peer();
        Peer other = peer();
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(peer.address());
        other.send(socket.localAddress(), "other");
        peer.send(socket.localAddress(), "peer");
        other.send(socket.localAddress(), "other");
        peer.send(socket.localAddress(), "again");
        assertEquals(List.of("peer", "again"), texts(receive(streams.incoming(), 2)));
        assertEquals(List.of(), streams.incoming().receive(10));
    }

    @Test
    final void U4_ofWhatWasQueuedOnlyThePeersIsKept() throws Exception {
        Peer peer = peer();
        Peer other = peer();
        UdpSocket socket = bound();
        DatagramStreams before = socket.stream(null);
        other.send(socket.localAddress(), "other");
        peer.send(socket.localAddress(), "queued 1");
        other.send(socket.localAddress(), "other");
        peer.send(socket.localAddress(), "");
        peer.send(socket.localAddress(), "queued 2");
        await(before.incoming().subscribe());
        DatagramStreams streams = socket.stream(peer.address());
        peer.send(socket.localAddress(), "later");
        assertEquals(List.of("queued 1", "", "queued 2", "later"), texts(receive(streams.incoming(), 4)));
        assertEquals(List.of(), streams.incoming().receive(10));
    }

    @Test
    final void U4_droppingThePeerLosesNothing() throws Exception {
        Peer peer = peer();
        Peer other = peer();
        UdpSocket socket = bound();
        socket.stream(peer.address());
        peer.send(socket.localAddress(), "queued");
        DatagramStreams streams = socket.stream(null);
        other.send(socket.localAddress(), "other");
        assertEquals(List.of("queued", "other"), texts(receive(streams.incoming(), 2)));
    }

    @Test
    final void U4_changingThePeerKeepsWhatTheSamePeerSent() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        DatagramStreams first = socket.stream(peer.address());
        peer.send(socket.localAddress(), "1");
        await(first.incoming().subscribe());
        DatagramStreams second = socket.stream(peer.address());
        peer.send(socket.localAddress(), "2");
        assertEquals(List.of("1", "2"), texts(receive(second.incoming(), 2)));
    }
}
