// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.semantics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.spi.Errno;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Receiving from a transport that delivers whatever it likes (R1 to R4, U4). */
class ReceiveTest extends Scripted {

    private void arrive(String text, InetSocketAddress source) {
        transport.arrive(text.getBytes(StandardCharsets.ISO_8859_1), source);
    }

    private static List<String> texts(List<IncomingDatagram> datagrams) {
        return datagrams.stream()
                .map(datagram ->
                        StandardCharsets.ISO_8859_1.decode(datagram.data()).toString())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Errno.class)
    void R2_anErrorBehindADatagramIsKept(Errno errno) throws Exception {
        DatagramStreams streams = streams(PEER);
        arrive("1", PEER);
        arrive("2", PEER);
        transport.arrive(error(errno));
        arrive("3", PEER);
        AtomicInteger woken = new AtomicInteger();
        assertEquals(List.of("1", "2"), texts(streams.incoming().receive(10)));
        streams.outgoing().subscribe().onReady(woken::incrementAndGet);
        assertEquals(1, woken.get());
        assertTrue(streams.incoming().subscribe().ready());
        transport.calls().clear();
        assertCode(error(errno).errorCode(), () -> streams.incoming().receive(1));
        assertEquals(List.of(), transport.calls());
        assertEquals(List.of("3"), texts(streams.incoming().receive(10)));
        assertEquals(List.of(), streams.incoming().receive(10));
    }

    @Test
    void R1_theKernelIsNotAskedAgainWhenFewerCame() throws Exception {
        IncomingDatagramStream in = streams(PEER).incoming();
        DatagramBatch batch = new DatagramBatch(10, 200_000);
        for (int came = 0; came < 3; came++) {
            arriveOften(came);
            transport.calls().clear();
            assertEquals(came, in.receive(5).size());
            assertEquals(List.of("receive"), transport.calls());
            arriveOften(came);
            transport.calls().clear();
            assertEquals(came, in.receive(batch, 5));
            assertEquals(List.of("receive"), transport.calls());
        }
    }

    private void arriveOften(int times) {
        for (int i = 0; i < times; i++) {
            arrive("x", PEER);
        }
    }

    @Test
    void R1_aListIsAsLongAsAskedForHoweverLargeItsDatagrams() throws Exception {
        IncomingDatagramStream in = streams(PEER).incoming();
        String large = "x".repeat(65_000);
        for (int i = 0; i < 9; i++) {
            arrive(large, PEER);
        }
        assertEquals(8, in.receive(8).size());
        assertEquals(List.of(large), texts(in.receive(8)));
    }

    @Test
    void R2_twoErrorsAreThrownByTwoCalls() throws Exception {
        DatagramStreams streams = streams(PEER);
        arrive("1", PEER);
        transport.arrive(error(Errno.ECONNREFUSED));
        transport.arrive(error(Errno.EHOSTUNREACH));
        assertEquals(List.of("1"), texts(streams.incoming().receive(10)));
        assertCode(ErrorCode.CONNECTION_REFUSED, () -> streams.incoming().receive(10));
        assertCode(ErrorCode.REMOTE_UNREACHABLE, () -> streams.incoming().receive(10));
        assertEquals(List.of(), streams.incoming().receive(10));
    }

    @Test
    void R2_inABatchToo() throws Exception {
        DatagramStreams streams = streams(PEER);
        arrive("1", PEER);
        transport.arrive(error(Errno.ECONNREFUSED));
        DatagramBatch batch = new DatagramBatch(10, 200_000);
        assertEquals(1, streams.incoming().receive(batch, 10));
        assertArrayEquals("1".getBytes(), batch.bytes(0));
        assertCode(ErrorCode.CONNECTION_REFUSED, () -> send(streams.outgoing(), datagrams(1)));
        assertEquals(1, send(streams.outgoing(), datagrams(1)));
    }

    @Test
    void R1_noMoreThanAskedForWithOtherSourcesBetween() throws Exception {
        IncomingDatagramStream in = streams(PEER).incoming();
        arrive("s", OTHER);
        arriveOften(4);
        assertEquals(2, in.receive(2).size());
        assertEquals(2, in.receive(3).size());
    }

    @Test
    void R2_intoABatchAFirstErrorIsThrownAtOnce() throws Exception {
        IncomingDatagramStream in = streams(PEER).incoming();
        transport.arrive(error(Errno.ECONNREFUSED));
        arrive("1", PEER);
        DatagramBatch batch = new DatagramBatch(10, 200_000);
        batch.add(OTHER, new byte[2], 0, 2); // what it held before was not received
        assertCode(ErrorCode.CONNECTION_REFUSED, () -> in.receive(batch, 10));
        assertEquals(1, batch.size());
        assertEquals(1, in.receive(batch, 10));
    }

    @Test
    void R1_behindWhatABatchHolds() throws Exception {
        UdpSocket socket = bound();
        IncomingDatagramStream in = socket.stream(PEER).incoming();
        DatagramBatch batch = new DatagramBatch(6, 500_000);
        batch.add(OTHER, new byte[2], 0, 2);
        for (String text : List.of("s", "1", "2", "3", "s", "4", "5", "6")) {
            arrive(text, text.equals("s") ? OTHER : PEER);
        }
        assertEquals(2, in.receive(batch, 2), "as many as asked for");
        assertEquals(3, batch.size());
        assertArrayEquals("1".getBytes(), batch.bytes(1));
        assertArrayEquals("2".getBytes(), batch.bytes(2));
        assertEquals(3, in.receive(batch, 10), "as many as there are entries");
        assertArrayEquals("5".getBytes(), batch.bytes(5));
        assertArrayEquals(new byte[2], batch.bytes(0));
        assertEquals(5, socket.statistics().datagramsReceived());
        assertEquals(5, socket.statistics().bytesReceived());
        batch.clear();
        assertEquals(1, in.receive(batch, 10));
    }

    @Test
    void R2_aFirstErrorIsThrownAtOnce() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(PEER);
        transport.arrive(error(Errno.ECONNREFUSED));
        arrive("1", PEER);
        assertCode(ErrorCode.CONNECTION_REFUSED, () -> streams.incoming().receive(10));
        assertEquals(List.of("1"), texts(streams.incoming().receive(10)));
        assertEquals(1, socket.statistics().receiveErrors());
    }

    @Test
    void R2_whatWasDroppedDoesNotHideAnError() throws Exception {
        DatagramStreams streams = streams(PEER);
        arrive("another source's", OTHER);
        transport.arrive(error(Errno.ECONNREFUSED));
        assertCode(ErrorCode.CONNECTION_REFUSED, () -> streams.incoming().receive(10));
    }

    @Test
    void R2_theFirstOfTwoKeptErrorsIsThrown() throws Exception {
        DatagramStreams streams = streams(PEER);
        arrive("1", PEER);
        transport.arrive(error(Errno.EHOSTUNREACH));
        streams.outgoing().checkSend();
        assertEquals(1, streams.incoming().receive(5).size());
        assertCode(ErrorCode.REMOTE_UNREACHABLE, () -> streams.outgoing().send(datagrams(1)));
        assertEquals(List.of(), streams.incoming().receive(5));
    }

    @Test
    void U4_otherSourcesAreFilteredWhateverTheTransportDelivers() throws Exception {
        UdpSocket socket = bound();
        IncomingDatagramStream in = socket.stream(PEER).incoming();
        for (int i = 0; i < 5; i++) {
            arrive("s" + i, OTHER);
            arrive("p" + i, PEER);
        }
        assertEquals(List.of("p0", "p1"), texts(in.receive(2)));
        arrive("longer", PEER);
        assertEquals(List.of("p2", "p3", "p4", "longer"), texts(in.receive(10)));
        arriveOften(3);
        assertEquals(3, in.receive(10).size());
        assertEquals(9, socket.statistics().datagramsReceived());
        assertEquals(5 * 2 + 6 + 3, socket.statistics().bytesReceived());
        assertEquals(5, socket.statistics().droppedByPeerFilter());
    }

    @Test
    void R1_aFloodOfUnwantedDatagramsEndsTheCall() throws Exception {
        IncomingDatagramStream in = streams(PEER).incoming();
        for (int i = 0; i < 10_000; i++) {
            arrive("", OTHER);
        }
        assertEquals(List.of(), in.receive(1));
        assertTrue(in.subscribe().ready(), "the rest is still there");
    }

    private static final class Moody extends OpenNetwork {
        @Override
        public boolean mayReceiveFrom(InetSocketAddress remote) {
            if (remote.equals(OTHER)) {
                throw new IllegalStateException("moody");
            }
            return true;
        }
    }

    @Test
    void R4_aNetworkThatThrowsLetsNothingThroughUnasked() throws Exception {
        IncomingDatagramStream in = bound(new Moody()).stream(null).incoming();
        DatagramBatch batch = new DatagramBatch(10, 500_000);
        arrive("before", PEER);
        assertEquals(1, in.receive(batch, 5));
        arrive("1", PEER);
        arrive("2", OTHER);
        arrive("3", OTHER);
        assertEquals(1, in.receive(batch, 5), "what it allowed is not lost");
        assertThrows(IllegalStateException.class, () -> in.receive(batch, 5));
        assertEquals(2, batch.size());
        assertArrayEquals("before".getBytes(), batch.bytes(0));
        assertArrayEquals("1".getBytes(), batch.bytes(1));
        arrive("after", PEER);
        assertEquals(1, in.receive(batch, 5));
        assertArrayEquals("after".getBytes(), batch.bytes(2));
    }

    @Test
    void R4_P2_aKeptErrorWakesThoughTheNetworkThrows() throws Exception {
        IncomingDatagramStream in = bound(new Moody()).stream(null).incoming();
        AtomicInteger woken = new AtomicInteger();
        in.subscribe().onReady(woken::incrementAndGet);
        arrive("1", OTHER);
        transport.arrive(error(Errno.ENOMEM)); // which the kernel reports once
        assertThrows(IllegalStateException.class, () -> in.receive(10));
        assertEquals(1, woken.get());
        assertCode(ErrorCode.OUT_OF_MEMORY, () -> in.receive(10));
    }

    /** Refuses every source, and closes the socket when it is asked. */
    private static final class Final extends OpenNetwork {
        private UdpSocket socket;

        @Override
        public boolean mayReceiveFrom(InetSocketAddress remote) {
            socket.close();
            return false;
        }
    }

    @Test
    void U7_aCloseDuringReceiveIsReported() throws Exception {
        Final network = new Final();
        network.socket = bound(network);
        IncomingDatagramStream in = network.socket.stream(null).incoming();
        arrive("1", PEER);
        assertCode(ErrorCode.INVALID_STATE, () -> in.receive(1));
    }

    @Test
    void R3_theLargestOfEachFamilyFits() throws Exception {
        IncomingDatagramStream in = streams(null).incoming();
        String largest = "x".repeat(65_507);
        arrive("small", PEER);
        arrive(largest, PEER);
        arrive("", OTHER);
        List<IncomingDatagram> received = in.receive(10);
        assertEquals(List.of("small", largest, ""), texts(received));
        assertEquals(OTHER, received.get(2).remoteAddress());
        assertFalse(in.subscribe().ready());
    }
}
