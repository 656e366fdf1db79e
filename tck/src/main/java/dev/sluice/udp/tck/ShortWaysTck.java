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
import dev.sluice.udp.SendNotPermittedException;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** The shorter ways, which mean the same as the calls that they stand for (J1, J2, J3, J6). */
@EnumSource(IpAddressFamily.class)
public abstract class ShortWaysTck extends RuleTest {
    private static final int THREADS = 4;
    private static final int LINES = 50;

    /** For subclasses. */
    protected ShortWaysTck() {}

    @Test
    final void J1_trySendNeedsNoPermit() throws Exception {
        Peer peer = peer();
        assertTrue(streamsTo(peer.address()).outgoing().trySend(toPeer("to the peer")));
        assertTrue(streams().outgoing().trySend(datagram("by its address", peer.address())));
        assertTrue(streamsTo(peer.address()).outgoing().trySend(toPeer("")));
        assertEquals(List.of("to the peer", "by its address", ""), peer.texts());
    }

    @Test
    final void J1_S5_trySendNeitherGrantsNorSpendsAPermit() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        assertTrue(out.trySend(toPeer("a")));
        assertThrows(SendNotPermittedException.class, () -> out.send(List.of(toPeer("none granted"))));
        out.checkSend();
        assertTrue(out.trySend(toPeer("b")));
        assertEquals(2, out.send(List.of(toPeer("c"), toPeer("d"))));
        assertEquals(List.of("a", "b", "c", "d"), peer.texts());
    }

    @Test
    final void J1_S3_trySendThrowsWhatSendThrows() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        OutgoingDatagramStream out = socket.stream().outgoing();
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> out.trySend(toPeer("no destination")));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> out.trySend(datagram("no port", loopback(0))));
        assertCode(
                ErrorCode.DATAGRAM_TOO_LARGE,
                () -> out.trySend(datagram("x".repeat(family.maxDatagramSize() + 1), peer.address())));
        assertThrows(NullPointerException.class, () -> out.trySend(null));
        assertEquals(3, socket.statistics().sendErrors());
        assertTrue(out.trySend(datagram("good", peer.address())));
        socket.close();
        assertCode(ErrorCode.INVALID_STATE, () -> out.trySend(datagram("late", peer.address())));
        assertEquals(List.of("good"), peer.texts());
    }

    @Test
    final void J1_N1_theNetworkIsAskedForEachOne() throws Exception {
        Peer peer = peer();
        TestNetwork network = new TestNetwork();
        UdpSocket socket = closing(provider.open(network, loopback(0)));
        OutgoingDatagramStream out = socket.stream().outgoing();
        assertTrue(out.trySend(datagram("allowed", peer.address())));
        network.send = address -> false;
        assertCode(ErrorCode.ACCESS_DENIED, () -> out.trySend(datagram("refused", peer.address())));
        assertEquals(List.of("allowed"), peer.texts());
    }

    @Test
    final void J1_S8_anEarlierDatagramsErrorCostsTheLineOnlyASecondTry() throws Exception {
        DatagramStreams streams = streamsTo(closedPort());
        assertTrue(streams.outgoing().trySend(toPeer("refused")));
        awaitPendingError(streams.incoming());
        assertTrue(assertCode(
                        ErrorCode.CONNECTION_REFUSED, () -> streams.outgoing().trySend(toPeer("good")))
                .concernsEarlierDatagram());
        assertTrue(streams.outgoing().trySend(toPeer("good")));
    }

    @Test
    final void J1_anyNumberOfThreadsSendsWithoutALockOfTheirs() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        List<Thread> threads = new ArrayList<>();
        List<Throwable> thrown = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            String name = Integer.toString(i);
            Thread thread = new Thread(() -> trySendLines(out, name));
            thread.setUncaughtExceptionHandler((failed, e) -> {
                synchronized (thrown) {
                    thrown.add(e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), thrown);
        List<String> arrived = new ArrayList<>(peer.texts());
        for (int i = 0; i < THREADS; i++) {
            String name = Integer.toString(i);
            assertEquals(
                    lines(name),
                    arrived.stream().filter(line -> line.startsWith(name)).toList());
        }
        assertEquals(THREADS * LINES, arrived.size());
    }

    private static void trySendLines(OutgoingDatagramStream out, String name) {
        try {
            for (String line : lines(name)) {
                while (!out.trySend(toPeer(line))) {
                    out.subscribe().block();
                }
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> lines(String name) {
        return IntStream.range(0, LINES).mapToObj(i -> name + " " + i).toList();
    }

    @Test
    final void J2_sendAllSendsMoreThanAPermitCarries() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        OutgoingDatagramStream out = socket.stream(peer.address()).outgoing();
        int count = OutgoingDatagramStream.MAX_PERMIT + 10;
        List<OutgoingDatagram> datagrams = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            datagrams.add(toPeer("x"));
        }
        assertEquals(count, out.sendAll(datagrams, patience()));
        assertEquals(count, socket.statistics().datagramsSent());
    }

    @Test
    final void J2_S4_S5_sendAllTouchesNoPermit() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        assertEquals(0, out.sendAll(List.of(), Duration.ZERO));
        assertEquals(2, out.sendAll(List.of(toPeer("a"), toPeer("b")), Duration.ZERO));
        assertThrows(SendNotPermittedException.class, () -> out.send(List.of(toPeer("none granted"))));
        out.checkSend();
        assertEquals(1, out.sendAll(List.of(toPeer("c")), Duration.ZERO));
        assertEquals(1, out.send(List.of(toPeer("d"))));
        assertEquals(List.of("a", "b", "c", "d"), peer.texts());
    }

    @Test
    final void J2_S2_anErrorBehindTheFirstEndsTheListAndIsMetByTheNext() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        OutgoingDatagramStream out = socket.stream().outgoing();
        OutgoingDatagram good = datagram("good", peer.address());
        OutgoingDatagram bad = toPeer("no destination");
        assertEquals(2, out.sendAll(List.of(good, good, bad, good), patience()));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> out.sendAll(List.of(bad, good), patience()));
        assertThrows(NullPointerException.class, () -> out.sendAll(Arrays.asList(good, null), patience()));
        socket.close();
        assertCode(ErrorCode.INVALID_STATE, () -> out.sendAll(List.of(good), patience()));
        assertEquals(List.of("good", "good"), peer.texts());
    }

    @Test
    final void J3_receiveWaitsForTheFirstDatagram() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream();
        Thread sender = new Thread(() -> peer.send(local(socket), new byte[] {'x'}));
        sender.start();
        assertEquals(List.of("x"), texts(streams.incoming().receive(5, patience())));
        sender.join();
        peer.send(local(socket), new byte[] {'y'});
        DatagramBatch batch = new DatagramBatch(2, family.maxDatagramSize());
        assertEquals(1, streams.incoming().receive(batch, 1, patience()));
        assertEquals('y', batch.bytes(0)[0]);
    }

    @Test
    final void J3_receiveIsEmptyWhenTheTimeIsOver() throws Exception {
        DatagramStreams streams = streams();
        DatagramBatch batch = new DatagramBatch(1, family.maxDatagramSize());
        for (Duration timeout : List.of(Duration.ofMillis(1), Duration.ZERO, Duration.ofSeconds(-1))) {
            assertEquals(List.of(), streams.incoming().receive(1, timeout));
            assertEquals(0, streams.incoming().receive(batch, 1, timeout));
        }
        assertEquals(List.of(), streams.incoming().receive(0, patience()));
        assertEquals(0, streams.incoming().receive(batch, 0, patience()));
    }

    @Test
    final void J3_U7_closingTheSocketEndsTheWait() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream();
        Thread closer = new Thread(socket::close);
        closer.start();
        assertCode(ErrorCode.INVALID_STATE, () -> {
            while (true) {
                streams.incoming().receive(1, patience());
            }
        });
        closer.join();
    }

    @Test
    final void J6_openTakesTheFamilyFromTheAddress() throws Exception {
        UdpSocket socket = closing(provider.open(loopback(0)));
        assertEquals(family, socket.addressFamily());
        assertTrue(socket.localAddress().getPort() != 0);
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> provider.open(InetSocketAddress.createUnresolved("localhost", 0)));
    }

    @Test
    final void J6_whatCannotBeBoundIsClosedAgain() throws Exception {
        UdpSocket first = closing(provider.open(loopback(0)));
        InetSocketAddress taken = first.localAddress();
        assertCode(ErrorCode.ADDRESS_IN_USE, () -> provider.open(taken));
        first.close();
        closing(provider.open(taken)); // the failed one doesn't hold it
        TestNetwork network = new TestNetwork();
        network.bind = address -> false;
        assertCode(ErrorCode.ACCESS_DENIED, () -> provider.open(network, loopback(0)));
    }

    @Test
    final void U3_streamWithoutAnArgumentHasNoPeer() throws Exception {
        UdpSocket socket = bound();
        socket.stream();
        assertCode(ErrorCode.INVALID_STATE, socket::remoteAddress);
        assertCode(ErrorCode.INVALID_STATE, () -> socket().stream());
    }

    private static InetSocketAddress local(UdpSocket socket) {
        try {
            return socket.localAddress();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
