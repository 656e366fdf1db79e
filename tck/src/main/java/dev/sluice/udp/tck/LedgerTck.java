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
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.SendNotPermittedException;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.SocketStatistics;
import dev.sluice.udp.UdpSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** The ledger of a socket (K1), and what the kernel tells of its drops (K2). */
@EnumSource(IpAddressFamily.class)
public abstract class LedgerTck extends RuleTest {
    private static final int THREADS = 3;
    private static final int ROUNDS = 200;

    /** For subclasses. */
    protected LedgerTck() {}

    @Test
    final void K1_aFreshSocketHasAnEmptyLedger() throws Exception {
        SocketStatistics ledger = socket().statistics();
        assertEquals(0, ledger.datagramsGiven());
        assertEquals(0, ledger.datagramsTaken());
        assertEquals(Map.of(), ledger.refused());
    }

    @Test
    final void K1_whatIsGivenToSendIsSentRefusedOrLeft() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        OutgoingDatagramStream out = socket.stream().outgoing();
        OutgoingDatagram good = datagram("good", peer.address());
        OutgoingDatagram bad = datagram("bad", loopback(0));
        assertEquals(2, send(out, good, good, bad, good)); // 2 left
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> send(out, bad, good)); // 1 refused, 1 left
        assertCode(
                ErrorCode.DATAGRAM_TOO_LARGE,
                () -> send(out, datagram("x".repeat(family.maxDatagramSize() + 1), peer.address())));
        DatagramBatch batch = new DatagramBatch(3, 100);
        batch.add(peer.address(), bytes("a"));
        batch.add(loopback(0), bytes("b"));
        batch.add(peer.address(), bytes("c"));
        out.checkSend();
        assertEquals(1, out.send(batch, 0, 3)); // 2 left
        out.checkSend();
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> out.send(batch, 1, 3)); // 1 refused, 1 left
        SocketStatistics ledger = socket.statistics();
        assertEquals(3, ledger.datagramsSent());
        assertEquals(Map.of(ErrorCode.INVALID_ARGUMENT, 2L, ErrorCode.DATAGRAM_TOO_LARGE, 1L), ledger.refused());
        assertEquals(6, ledger.leftToCaller());
        assertEquals(4 + 2 + 1 + 3 + 2, ledger.datagramsGiven());
        assertEquals(3, ledger.sendErrors());
    }

    @Test
    final void K1_S5_aTrapIsGivenNothing() throws Exception {
        UdpSocket socket = bound();
        OutgoingDatagramStream out = socket.stream(peer().address()).outgoing();
        assertThrows(SendNotPermittedException.class, () -> out.send(List.of(toPeer("x"))));
        assertEquals(0, out.send(List.of()));
        assertEquals(0, socket.statistics().datagramsGiven());
    }

    @Test
    final void K1_S8_anEarlierDatagramsErrorRefusesNone() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(closedPort());
        assertEquals(1, send(streams.outgoing(), toPeer("refused by the peer's kernel")));
        awaitPendingError(streams.incoming());
        assertCode(ErrorCode.CONNECTION_REFUSED, () -> send(streams.outgoing(), toPeer("a"), toPeer("b")));
        SocketStatistics ledger = socket.statistics();
        assertEquals(1, ledger.datagramsSent());
        assertEquals(Map.of(), ledger.refused());
        assertEquals(2, ledger.leftToCaller());
        assertEquals(1, ledger.earlierErrors());
        assertEquals(3, ledger.datagramsGiven());
    }

    /** What {@code sendAll} meets behind the first datagram is for the next call to tell, and is counted there. */
    @Test
    final void K1_J2_anErrorIsCountedWhereItIsThrown() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        OutgoingDatagramStream out = socket.stream().outgoing();
        OutgoingDatagram good = datagram("good", peer.address());
        OutgoingDatagram bad = datagram("bad", loopback(0));
        assertEquals(2, out.sendAll(List.of(good, good, bad, good), patience()));
        assertEquals(Map.of(), socket.statistics().refused());
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> out.sendAll(List.of(bad, good), patience()));
        assertEquals(Map.of(ErrorCode.INVALID_ARGUMENT, 1L), socket.statistics().refused());

        DatagramStreams streams = socket.stream(closedPort());
        OutgoingDatagram refused = toPeer("refused by the peer's kernel");
        int thrown = 0;
        for (int i = 0; i < 20; i++) {
            try {
                streams.outgoing().sendAll(List.of(refused, refused, refused, refused, refused), patience());
            } catch (SocketErrorException e) {
                assertEquals(ErrorCode.CONNECTION_REFUSED, e.errorCode());
                thrown++;
            }
        }
        assertTrue(thrown > 0, "the peer refuses");
        assertEquals(thrown, socket.statistics().earlierErrors());
    }

    @Test
    final void K1_whatIsTakenIsDeliveredOrDropped() throws Exception {
        Peer wanted = peer();
        Peer stranger = peer();
        TestNetwork network = new TestNetwork();
        UdpSocket socket = closing(provider.open(network, loopback(0)));
        stranger.send(socket.localAddress(), "before there is a peer");
        DatagramStreams streams = socket.stream(wanted.address());
        wanted.send(socket.localAddress(), "one");
        wanted.send(socket.localAddress(), "two");
        assertEquals(List.of("one", "two"), texts(receive(streams.incoming(), 2)));
        network.receive = address -> false;
        wanted.send(socket.localAddress(), "refused");
        DatagramStreams all = socket.stream(wanted.address());
        await(all.incoming().subscribe());
        assertEquals(List.of(), all.incoming().receive(1));
        SocketStatistics ledger = socket.statistics();
        assertEquals(2, ledger.datagramsReceived());
        assertEquals(1, ledger.droppedByPeerFilter());
        assertEquals(1, ledger.droppedByNetwork());
        assertEquals(4, ledger.datagramsTaken());
    }

    @Test
    final void K1_theSumsAreExactWhileOthersSend() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        OutgoingDatagramStream out = socket.stream().outgoing();
        OutgoingDatagram good = datagram("x", peer.address());
        OutgoingDatagram bad = datagram("x", loopback(0));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread sender = new Thread(() -> sendAndBeRefused(out, good, bad));
            sender.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
            senders.add(sender);
            sender.start();
        }
        long before = 0;
        while (senders.stream().anyMatch(Thread::isAlive)) {
            SocketStatistics ledger = socket.statistics();
            assertTrue(ledger.datagramsGiven() >= before, "it never falls");
            before = ledger.datagramsGiven();
            assertTrue(before <= 2L * THREADS * ROUNDS);
        }
        assertEquals(null, thrown.get());
        assertEquals(2L * THREADS * ROUNDS, socket.statistics().datagramsGiven());
        assertEquals((long) THREADS * ROUNDS, socket.statistics().datagramsRefused());
    }

    private static void sendAndBeRefused(OutgoingDatagramStream out, OutgoingDatagram good, OutgoingDatagram bad) {
        for (int round = 0; round < ROUNDS; round++) {
            try {
                while (!out.trySend(good)) {
                    throw new AssertionError("so little fills no buffer");
                }
                assertCode(ErrorCode.INVALID_ARGUMENT, () -> out.trySend(bad));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    final void K1_U7_theLedgerOutlivesTheSocket() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        assertEquals(1, send(socket.stream(peer.address()).outgoing(), toPeer("x")));
        socket.close();
        assertEquals(1, socket.statistics().datagramsGiven());
        assertEquals(
                can(ProviderCapability.KERNEL_DROPS),
                socket.statistics().droppedByKernel().isPresent());
    }

    @Test
    final void K2_theKernelsDropsAreToldOrUnknown() throws Exception {
        UdpSocket socket = bound();
        socket.setReceiveBufferSize(10_000);
        DatagramStreams streams = socket.stream();
        Peer peer = peer();
        int sent = 200;
        for (int i = 0; i < sent; i++) {
            peer.send(socket.localAddress(), "x".repeat(1_000));
        }
        int received = receive(streams.incoming(), 1).size();
        for (int more = 1; more > 0; received += more) {
            more = streams.incoming().receive(sent).size();
        }
        SocketStatistics ledger = socket.statistics();
        assertEquals(
                can(ProviderCapability.KERNEL_DROPS), ledger.droppedByKernel().isPresent());
        if (ledger.droppedByKernel().isPresent()) {
            assertTrue(received < sent, "the buffer is too small for all");
            assertEquals(sent - received, ledger.droppedByKernel().getAsLong());
            socket.close();
            assertEquals(sent - received, socket.statistics().droppedByKernel().getAsLong());
        }
    }

    @Test
    final void K2_U3_theKernelsDropsStayWhateverPeerTheSocketGets() throws Exception {
        UdpSocket socket = bound();
        if (!can(ProviderCapability.KERNEL_DROPS)) {
            return;
        }
        socket.setReceiveBufferSize(10_000);
        Peer peer = peer();
        socket.stream(peer.address());
        for (int i = 0; i < 200; i++) {
            peer.send(socket.localAddress(), "x".repeat(1_000));
        }
        long dropped = socket.statistics().droppedByKernel().getAsLong();
        assertTrue(dropped > 0);
        socket.stream(); // with IPv6, another socket below
        assertTrue(socket.statistics().droppedByKernel().getAsLong() >= dropped);
    }
}
