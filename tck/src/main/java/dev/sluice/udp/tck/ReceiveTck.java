// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

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
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** Receiving (R1 to R3); R4 is tested by {@link NetworkTck}. */
@EnumSource(IpAddressFamily.class)
public abstract class ReceiveTck extends RuleTest {

    /** For subclasses. */
    protected ReceiveTck() {}

    @Test
    final void R1_nothingThereIsAnEmptyAnswer() throws Exception {
        IncomingDatagramStream in = streams().incoming();
        for (int i = 0; i < 100; i++) {
            assertEquals(List.of(), in.receive(10));
            assertEquals(0, in.receive(batch(1), 10));
        }
        assertFalse(in.subscribe().ready());
    }

    @Test
    final void R1_zeroIsAnEmptyAnswerAndLessIsAnError() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        IncomingDatagramStream in = socket.stream(null).incoming();
        peer.send(socket.localAddress(), "x");
        await(in.subscribe());
        assertEquals(List.of(), in.receive(0));
        assertEquals(0, in.receive(batch(1), 0));
        assertThrows(IllegalArgumentException.class, () -> in.receive(-1));
        assertThrows(IllegalArgumentException.class, () -> in.receive(batch(1), -1));
        assertEquals(List.of("x"), texts(in.receive(1)));
    }

    @Test
    final void R1_atMostSoMany() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        IncomingDatagramStream in = socket.stream(null).incoming();
        for (int i = 0; i < 5; i++) {
            peer.send(socket.localAddress(), "" + i);
        }
        List<String> all = new ArrayList<>();
        while (all.size() < 5) { // the last may not have arrived yet
            await(in.subscribe());
            List<String> some = texts(in.receive(all.size() < 2 ? 2 : Integer.MAX_VALUE));
            assertTrue(all.size() >= 2 || some.size() <= 2, some::toString);
            all.addAll(some);
        }
        assertEquals(List.of("0", "1", "2", "3", "4"), all);
        assertEquals(List.of(), in.receive(1));
    }

    @Test
    final void R1_atMostSoManyIntoABatch() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        IncomingDatagramStream in = socket.stream(null).incoming();
        for (int i = 0; i < 5; i++) {
            peer.send(socket.localAddress(), "" + i);
        }
        DatagramBatch batch = batch(10);
        while (batch.size() < 5) { // the last may still be on their way
            await(in.subscribe());
            int before = batch.size();
            int received = in.receive(batch, before < 2 ? 1 : 10);
            assertEquals(received, batch.size() - before);
            assertTrue(before >= 2 || received <= 1, () -> "" + received);
        }
    }

    private DatagramBatch batch(int datagrams) {
        return new DatagramBatch(datagrams, family.maxDatagramSize() + datagrams * 100);
    }

    @Test
    final void R1_intoABatch() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        IncomingDatagramStream in = socket.stream(null).incoming();
        for (int i = 0; i < 5; i++) {
            peer.send(socket.localAddress(), "" + i);
        }
        await(in.subscribe());
        DatagramBatch batch = batch(3);
        assertEquals(1, in.receive(batch, 1));
        fill(batch, in, 3); // all its entries
        assertThrows(IllegalArgumentException.class, () -> in.receive(batch, 1));
        assertEquals(3, batch.size());
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(("" + i).getBytes(), batch.bytes(i));
            assertEquals(peer.address(), batch.remoteAddress(i));
        }
        batch.clear();
        fill(batch, in, 2);
        assertArrayEquals("3".getBytes(), batch.bytes(0));
    }

    /** Receives until the batch has that size: the last datagrams may not have arrived yet. */
    private void fill(DatagramBatch batch, IncomingDatagramStream in, int size) throws Exception {
        while (batch.size() < size) {
            await(in.subscribe());
            int before = batch.size();
            int received = in.receive(batch, 10);
            assertEquals(batch.size() - before, received);
        }
        assertEquals(size, batch.size());
    }

    @Test
    final void R1_aBatchTooSmallForTheLargestIsRefused() throws Exception {
        IncomingDatagramStream in = streams().incoming();
        DatagramBatch small = new DatagramBatch(1, family.maxDatagramSize() - 1);
        assertThrows(IllegalArgumentException.class, () -> in.receive(small, 1));
        assertEquals(0, in.receive(small, 0));
        assertEquals(0, in.receive(new DatagramBatch(1, family.maxDatagramSize()), 1), "exactly large enough");
    }

    @Test
    final void R2_dataSurvivesAnError() throws Exception {
        InetSocketAddress address = closedPort();
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(address);
        assertEquals(1, send(streams.outgoing(), datagram("to a closed port", null)));
        awaitPendingError(streams.incoming());
        Peer peer = peerAt(address);
        peer.send(socket.localAddress(), "1");
        peer.send(socket.localAddress(), "2");
        List<String> received = new ArrayList<>();
        int errors = 0;
        for (int i = 0; i < 100 && (received.size() < 2 || errors == 0); i++) {
            try {
                await(streams.incoming().subscribe());
                received.addAll(texts(streams.incoming().receive(1)));
            } catch (dev.sluice.udp.SocketErrorException e) {
                assertEquals(ErrorCode.CONNECTION_REFUSED, e.errorCode());
                errors++;
            }
        }
        assertEquals(List.of("1", "2"), received);
        assertEquals(1, errors);
        assertEquals(List.of(), streams.incoming().receive(1));
    }

    @Test
    final void R3_exactBytesAndSource() throws Exception {
        Peer one = peer();
        Peer other = peer();
        UdpSocket socket = bound();
        IncomingDatagramStream in = socket.stream(null).incoming();
        String[] texts = {"", "a", "x".repeat(1472), "", "y".repeat(family.maxDatagramSize()), "z".repeat(20_000)};
        for (int i = 0; i < texts.length; i++) {
            (i % 2 == 0 ? one : other).send(socket.localAddress(), texts[i]);
            IncomingDatagram datagram = receive(in, 1).get(0);
            assertEquals(List.of(texts[i]), texts(List.of(datagram)));
            assertEquals((i % 2 == 0 ? one : other).address(), datagram.remoteAddress());
        }
    }

    @Test
    final void R3_severalSizesAtOnce() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        IncomingDatagramStream in = socket.stream(peer.address()).incoming();
        List<String> texts = List.of("", "a", "x".repeat(9_000), "", "y".repeat(60_000), "b");
        texts.forEach(text -> {
            peer.send(local(socket), text);
        });
        assertEquals(texts, texts(receive(in, texts.size())));
    }

    private static InetSocketAddress local(UdpSocket socket) {
        try {
            return socket.localAddress();
        } catch (dev.sluice.udp.SocketErrorException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    final void R3_theBufferBelongsToTheCaller() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        IncomingDatagramStream in = socket.stream(null).incoming();
        peer.send(socket.localAddress(), "first");
        IncomingDatagram first = receive(in, 1).get(0);
        assertTrue(first.data().hasArray());
        assertEquals(5, first.data().array().length);
        assertEquals(0, first.data().arrayOffset());
        peer.send(socket.localAddress(), "second");
        receive(in, 1);
        assertEquals(List.of("first"), texts(List.of(first)));
    }
}
