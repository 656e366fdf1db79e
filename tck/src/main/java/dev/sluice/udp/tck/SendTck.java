package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** What send means (S1 to S8). */
@EnumSource(IpAddressFamily.class)
public abstract class SendTck extends RuleTest {

    /** For subclasses. */
    protected SendTck() {}

    private static OutgoingDatagram toPeer(String text) {
        return new OutgoingDatagram(bytes(text));
    }

    private DatagramBatch batch(String... texts) {
        DatagramBatch batch = new DatagramBatch(1024, 200_000);
        for (String text : texts) {
            assertTrue(batch.add(null, bytes(text)));
        }
        return batch;
    }

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
        DatagramBatch batch = batch("not this", "one", "two", "nor this");
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
        List<Peer> peers = List.of(peer(), peer(), peer(), peer()); // one's buffer may not hold them all
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
    final void S3_theFirstOnesErrorIsThrownAndTheStreamLives() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streams().outgoing();
        InetSocketAddress to = peer.address();
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> send(out, datagram("bad", loopback(0)), datagram("x", to)));
        assertEquals(1, send(out, datagram("good", to)));
        assertEquals(List.of("good"), peer.texts());
    }

    @Test
    final void S4_anEmptyListNeedsNoPermit() throws Exception {
        OutgoingDatagramStream out = streams().outgoing();
        assertEquals(0, out.send(List.of()));
        assertEquals(0, out.send(new DatagramBatch(1, 1), 0, 0));
    }

    @Test
    final void S4_anEmptyListSpendsNoPermit() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        out.checkSend();
        assertEquals(0, out.send(List.of()));
        assertEquals(0, out.send(batch("x"), 1, 1));
        assertEquals(1, out.send(List.of(toPeer("permitted"))));
        assertEquals(List.of("permitted"), peer.texts());
    }

    @Test
    final void S5_sendWithoutPermitTraps() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        SendNotPermittedException trap =
                assertThrows(SendNotPermittedException.class, () -> out.send(List.of(toPeer("no permit"))));
        assertEquals(0, trap.permitted());
        assertEquals(1, trap.attempted());
        assertThrows(SendNotPermittedException.class, () -> out.send(batch("no permit"), 0, 1));
        assertEquals(List.of(), peer.texts());
    }

    @Test
    final void S5_sendBeyondThePermitTrapsAndSpendsIt() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        int permitted = out.checkSend();
        List<OutgoingDatagram> tooMany = Collections.nCopies(permitted + 1, toPeer("too many"));
        SendNotPermittedException trap = assertThrows(SendNotPermittedException.class, () -> out.send(tooMany));
        assertEquals(permitted, trap.permitted());
        assertEquals(permitted + 1, trap.attempted());
        assertThrows(SendNotPermittedException.class, () -> out.send(List.of(toPeer("spent"))));
        assertEquals(List.of(), peer.texts());
    }

    @Test
    final void S5_anySendSpendsThePermit() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        assertEquals(1, send(out, toPeer("one")));
        assertThrows(SendNotPermittedException.class, () -> out.send(List.of(toPeer("second without permit"))));
        out.checkSend();
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> out.send(List.of(datagram("bad", loopback(0)))));
        assertThrows(SendNotPermittedException.class, () -> out.send(List.of(toPeer("after an error"))));
        assertEquals(List.of("one"), peer.texts());
    }

    @Test
    final void S5_aPermitIsOfOneStreamOnly() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        socket.stream(peer.address()).outgoing().checkSend();
        OutgoingDatagramStream out = socket.stream(peer.address()).outgoing();
        assertThrows(SendNotPermittedException.class, () -> out.send(List.of(toPeer("another stream's permit"))));
        assertEquals(List.of(), peer.texts());
    }

    @Test
    final void S6_anEmptyDatagramIsADatagram() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streams().outgoing();
        InetSocketAddress to = peer.address();
        assertEquals(1, send(out, datagram("", to)));
        assertEquals(3, send(out, datagram("2", to), datagram("", to), datagram("3", to)));
        assertEquals(4, send(out, datagram("", to), datagram("", to), datagram("4", to), datagram("", to)));
        assertEquals(List.of("", "2", "", "3", "", "", "4", ""), peer.texts());
    }

    @Test
    final void S6_anEmptyDatagramToThePeerIsADatagram() throws Exception {
        Peer peer = peer();
        DatagramStreams streams = streamsTo(peer.address());
        OutgoingDatagramStream out = streams.outgoing();
        assertEquals(1, send(out, toPeer("")));
        assertEquals(3, send(out, toPeer("2"), toPeer(""), toPeer("3")));
        assertEquals(4, send(out, toPeer(""), toPeer(""), toPeer("4"), toPeer("")));
        List<Peer.Received> all = peer.everything();
        assertEquals(
                List.of("", "2", "", "3", "", "", "4", ""),
                all.stream().map(Peer.Received::text).toList());
        assertEquals(1, all.stream().map(Peer.Received::source).distinct().count());
    }

    @Test
    final void S6_runsOfEqualSizesStayWhole() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        for (int size : new int[] {100, 1200, 1, 1473, 100}) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 70; i++) {
                texts.add((char) ('a' + i % 26) + "x".repeat(size - 1));
            }
            texts.add("s".repeat(size / 2)); // a shorter last one
            texts.add("l".repeat(size + 1)); // and one larger than the run before it
            sendAll(out, texts.stream().map(SendTck::toPeer).toList());
            assertEquals(texts, peer.texts());
        }
    }

    @Test
    final void S6_aLaterSingleDatagramIsNotSplit() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        assertEquals(10, send(out, Collections.nCopies(10, toPeer("x".repeat(100)))));
        assertEquals(1, send(out, toPeer("y".repeat(250))));
        assertEquals(1, send(out, toPeer("z".repeat(9_000))));
        List<String> expected = new ArrayList<>(Collections.nCopies(10, "x".repeat(100)));
        expected.add("y".repeat(250));
        expected.add("z".repeat(9_000));
        assertEquals(expected, peer.texts());
    }

    @Test
    final void S6_severalDestinationsInOneList() throws Exception {
        Peer one = peer();
        Peer other = peer();
        OutgoingDatagramStream out = streams().outgoing();
        List<OutgoingDatagram> datagrams = new ArrayList<>();
        List<String> even = new ArrayList<>();
        List<String> odd = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            boolean first = i / 3 % 2 == 0; // runs of three
            (first ? even : odd).add(String.format("%03d", i));
            datagrams.add(datagram(String.format("%03d", i), (first ? one : other).address()));
        }
        sendAll(out, datagrams);
        assertEquals(even, one.texts());
        assertEquals(odd, other.texts());
    }

    @Test
    final void S6_theLargestDatagramArrives() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streams().outgoing();
        String largest = "m".repeat(family.maxDatagramSize());
        sendAll(out, List.of(datagram(largest, peer.address()), datagram("behind it", peer.address())));
        assertEquals(List.of(largest, "behind it"), peer.texts());
    }

    @Test
    final void S7_buffersStayAsTheyWere() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        ByteBuffer heap = bytes("--heap--").position(2).limit(6);
        ByteBuffer direct = ByteBuffer.allocateDirect(10)
                .put(3, "direct".getBytes(), 0, 6)
                .position(3)
                .limit(9);
        ByteBuffer readOnly = bytes("readonly").asReadOnlyBuffer().position(4);
        ByteBuffer slice = bytes("..slice..").slice(2, 5);
        List<OutgoingDatagram> datagrams = List.of(
                new OutgoingDatagram(heap),
                new OutgoingDatagram(direct),
                new OutgoingDatagram(readOnly),
                new OutgoingDatagram(slice),
                new OutgoingDatagram(heap));
        sendAll(out, datagrams);
        assertEquals(List.of("heap", "direct", "only", "slice", "heap"), peer.texts());
        assertArrayEquals(new int[] {2, 6, 3, 9, 4, 8, 0, 5}, new int[] {
            heap.position(), heap.limit(), direct.position(), direct.limit(),
            readOnly.position(), readOnly.limit(), slice.position(), slice.limit()
        });
    }

    @Test
    final void S7_buffersStayAsTheyWereAfterAnError() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streams().outgoing();
        ByteBuffer good = bytes("-good").position(1);
        ByteBuffer bad = bytes("-bad").position(1);
        List<OutgoingDatagram> datagrams =
                List.of(new OutgoingDatagram(good, peer.address()), new OutgoingDatagram(bad, loopback(0)));
        assertEquals(1, send(out, datagrams));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> send(out, datagrams.subList(1, 2)));
        assertArrayEquals(
                new int[] {1, 5, 1, 4}, new int[] {good.position(), good.limit(), bad.position(), bad.limit()});
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
        assertEquals(1, send(streams.outgoing(), toPeer("to nobody")));
        awaitPendingError(streams.incoming());
        Peer peer = peerAt(closed);
        assertCode(ErrorCode.CONNECTION_REFUSED, () -> send(streams.outgoing(), toPeer("meets the error")));
        assertEquals(1, send(streams.outgoing(), toPeer("goes out")));
        assertEquals(List.of("goes out"), peer.texts());
        assertEquals(2, socket.statistics().datagramsSent());
        assertEquals(1, socket.statistics().sendErrors());
    }

    @Test
    final void S8_aPendingErrorIsReportedByReceiveInstead() throws Exception {
        DatagramStreams streams = streamsTo(closedPort());
        assertEquals(1, send(streams.outgoing(), toPeer("to nobody")));
        awaitPendingError(streams.incoming());
        assertCode(ErrorCode.CONNECTION_REFUSED, () -> streams.incoming().receive(1));
        assertEquals(List.of(), streams.incoming().receive(1));
        assertEquals(1, send(streams.outgoing(), toPeer("goes out")));
    }

    @Test
    final void S8_anEmptyDatagramMeetsThePendingErrorToo() throws Exception {
        DatagramStreams streams = streamsTo(closedPort());
        assertEquals(1, send(streams.outgoing(), toPeer("to nobody")));
        awaitPendingError(streams.incoming());
        if (can(ProviderCapability.EMPTY_DATAGRAM_ERRORS)) {
            assertCode(ErrorCode.CONNECTION_REFUSED, () -> send(streams.outgoing(), toPeer("")));
        } else { // may hide it, but neither throws anything else nor breaks the stream
            try {
                assertEquals(1, send(streams.outgoing(), toPeer("")));
            } catch (SocketErrorException e) {
                assertEquals(ErrorCode.CONNECTION_REFUSED, e.errorCode());
            }
        }
    }
}
