// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** Datagrams arrive as they were passed to send, segmented or not (S6), and buffers are left unchanged (S7). */
@EnumSource(IpAddressFamily.class)
public abstract class PayloadTck extends RuleTest {

    /** For subclasses. */
    protected PayloadTck() {}

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
            texts.add("s".repeat(size / 2)); // a shorter last segment
            texts.add("l".repeat(size + 1)); // larger than the segments before it
            sendAll(out, texts.stream().map(RuleTest::toPeer).toList());
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
}
