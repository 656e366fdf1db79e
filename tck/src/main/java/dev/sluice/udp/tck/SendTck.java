// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a send returns or throws (S1 to S3, S8), and that it ends at an error (S7). Permits are tested by {@link PermitTck},
 * what arrives by {@link PayloadTck}.
 */
@EnumSource(IpAddressFamily.class)
public abstract class SendTck extends RuleTest {

    /** For subclasses. */
    protected SendTck() {}

    @Test
    final void S1_sendsInOrderAndCounts() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streams().outgoing();
        InetSocketAddress to = peer.address();
        assertEquals(3, send(out, datagram("one", to), datagram("two", to), datagram("three", to)));
        assertEquals(List.of("one", "two", "three"), peer.texts());
    }

    @Test
    final void S1_sendsABatchInOrderAndCounts() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        DatagramBatch batch = batchToPeer("not this", "one", "two", "nor this");
        out.checkSend();
        assertEquals(2, out.send(batch, 1, 3));
        assertEquals(4, batch.size());
        assertEquals(List.of("one", "two"), peer.texts());
    }

    @Test
    final void S1_aDatagramMayNameTheStreamsPeer() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        assertEquals(2, send(out, datagram("named", peer.address()), toPeer("not named")));
        assertEquals(List.of("named", "not named"), peer.texts());
    }

    @Test
    final void S1_whatWasCountedSurvivesClose() throws Exception {
        Peer peer = peer();
        List<String> texts = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            UdpSocket socket = bound();
            OutgoingDatagramStream out = socket.stream(peer.address()).outgoing();
            String text = "round " + round;
            int sent = send(out, Collections.nCopies(5, toPeer(text)));
            socket.close();
            texts.addAll(Collections.nCopies(sent, text));
        }
        assertEquals(texts, peer.texts());
    }

    @Test
    final void S1_aWholePermitInOneCall() throws Exception {
        List<Peer> peers = List.of(peer(), peer(), peer(), peer()); // the receive buffer of one may not hold them all
        OutgoingDatagramStream out = streams().outgoing();
        int permitted = out.checkSend();
        List<OutgoingDatagram> datagrams = new ArrayList<>();
        List<List<String>> texts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < permitted; i++) {
            int which = i * peers.size() / permitted; // a run to each
            String text = String.format("%04d", i);
            texts.get(which).add(text);
            datagrams.add(datagram(text, peers.get(which).address()));
        }
        sendAll(out, datagrams);
        for (int i = 0; i < peers.size(); i++) {
            assertEquals(texts.get(i), peers.get(i).texts());
        }
    }

    @Test
    final void S2_anErrorBehindASuccessIsMetAgain() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streams().outgoing();
        InetSocketAddress to = peer.address();
        OutgoingDatagram bad = datagram("bad", loopback(0));
        List<OutgoingDatagram> datagrams = List.of(datagram("one", to), datagram("two", to), bad, datagram("x", to));
        assertEquals(2, send(out, datagrams));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> send(out, datagrams.subList(2, 4)));
        assertEquals(1, send(out, datagrams.subList(3, 4)));
        assertEquals(List.of("one", "two", "x"), peer.texts());
    }

    @Test
    final void S2_anErrorBehindASuccessIsMetAgainInABatch() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streams().outgoing();
        DatagramBatch batch = new DatagramBatch(3, 100);
        batch.add(peer.address(), bytes("one"));
        batch.add(loopback(0), bytes("bad"));
        batch.add(peer.address(), bytes("two"));
        out.checkSend();
        assertEquals(1, out.send(batch, 0, 3));
        out.checkSend();
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> out.send(batch, 1, 3));
        out.checkSend();
        assertEquals(1, out.send(batch, 2, 3));
        assertEquals(List.of("one", "two"), peer.texts());
    }

    @Test
    final void S3_anErrorOfTheFirstIsThrownAndTheStreamGoesOn() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streams().outgoing();
        InetSocketAddress to = peer.address();
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> send(out, datagram("bad", loopback(0)), datagram("x", to)));
        assertEquals(1, send(out, datagram("good", to)));
        assertEquals(List.of("good"), peer.texts());
    }

    @Test
    final void S7_nothingBehindTheFirstErrorIsTransmitted() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streams().outgoing();
        InetSocketAddress to = peer.address();
        assertEquals(1, send(out, datagram("1", to), datagram("bad", loopback(0)), datagram("2", to)));
        assertThrows(NullPointerException.class, () -> send(out, listWithNull(datagram("3", to))));
        assertEquals(List.of("1"), peer.texts());
    }

    private static List<OutgoingDatagram> listWithNull(OutgoingDatagram first) {
        List<OutgoingDatagram> list = new ArrayList<>();
        list.add(first);
        list.add(null);
        return list;
    }

    @Test
    final void S8_aPendingErrorIsReportedOnceAndItsDatagramNotCounted() throws Exception {
        InetSocketAddress closed = closedPort();
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(closed);
        assertEquals(1, send(streams.outgoing(), toPeer("to a closed port")));
        awaitPendingError(streams.incoming());
        Peer peer = peerAt(closed);
        assertCode(ErrorCode.CONNECTION_REFUSED, () -> send(streams.outgoing(), toPeer("meets the error")));
        assertEquals(1, send(streams.outgoing(), toPeer("goes out")));
        assertEquals(List.of("goes out"), peer.texts());
        assertEquals(2, socket.statistics().datagramsSent());
        assertEquals(1, socket.statistics().sendErrors());
    }

    @Test
    final void S8_aListAndABatchMeetThePendingErrorToo() throws Exception {
        for (int size : new int[] {2, 3, 10}) {
            InetSocketAddress closed = closedPort();
            UdpSocket socket = bound();
            DatagramStreams streams = socket.stream(closed);
            OutgoingDatagramStream out = streams.outgoing();
            assertEquals(1, send(out, toPeer("to a closed port")));
            awaitPendingError(streams.incoming());
            Peer peer = peerAt(closed);
            List<OutgoingDatagram> list = Collections.nCopies(size, toPeer("list"));
            assertCode(ErrorCode.CONNECTION_REFUSED, () -> send(out, list));
            assertEquals(size, send(out, list));
            assertEquals(Collections.nCopies(size, "list"), peer.texts());
            peer.close();
            assertEquals(1, send(out, toPeer("to a closed port")));
            awaitPendingError(streams.incoming());
            Peer again = peerAt(closed);
            DatagramBatch batch = batchToPeer(Collections.nCopies(size, "batch").toArray(String[]::new));
            out.checkSend();
            assertCode(ErrorCode.CONNECTION_REFUSED, () -> out.send(batch, 0, size));
            out.checkSend();
            assertEquals(size, out.send(batch, 0, size));
            assertEquals(Collections.nCopies(size, "batch"), again.texts());
            assertEquals(2 * size + 2, socket.statistics().datagramsSent());
            assertEquals(2, socket.statistics().sendErrors());
        }
    }

    @Test
    final void S8_aPendingErrorIsReportedByReceiveInstead() throws Exception {
        DatagramStreams streams = streamsTo(closedPort());
        assertEquals(1, send(streams.outgoing(), toPeer("to a closed port")));
        awaitPendingError(streams.incoming());
        assertCode(ErrorCode.CONNECTION_REFUSED, () -> streams.incoming().receive(1));
        assertEquals(List.of(), streams.incoming().receive(1));
        assertEquals(1, send(streams.outgoing(), toPeer("goes out")));
    }

    @Test
    final void S8_anEmptyDatagramMeetsThePendingErrorToo() throws Exception {
        DatagramStreams streams = streamsTo(closedPort());
        assertEquals(1, send(streams.outgoing(), toPeer("to a closed port")));
        awaitPendingError(streams.incoming());
        if (can(ProviderCapability.EMPTY_DATAGRAM_ERRORS)) {
            assertCode(ErrorCode.CONNECTION_REFUSED, () -> send(streams.outgoing(), toPeer("")));
        } else { // the error may be hidden, but nothing else is thrown, and the stream goes on
            try {
                assertEquals(1, send(streams.outgoing(), toPeer("")));
            } catch (SocketErrorException e) {
                assertEquals(ErrorCode.CONNECTION_REFUSED, e.errorCode());
            }
        }
    }
}
