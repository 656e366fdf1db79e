// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.UdpSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A socket whose send buffer is filled, on a network that holds what it sends. */
abstract class FilledBuffer extends ControlledTck {
    private static final long SEND_BUFFER = 65_536;
    static final int PAYLOAD = 1_000;

    /** More than such a buffer holds. */
    private static final int MANY = 1_000;

    NetworkControl network;
    Peer peer;
    UdpSocket socket;
    DatagramStreams streams;

    /** What has been counted as sent. */
    final List<String> counted = new ArrayList<>();

    /** A socket with a small send buffer, on a network that holds what it sends. */
    final OutgoingDatagramStream holding(boolean connected) throws Exception {
        network = networkControl();
        peer = peer();
        socket = bound();
        socket.setSendBufferSize(SEND_BUFFER);
        network.hold();
        return restart(connected);
    }

    final OutgoingDatagramStream restart(boolean connected) throws Exception {
        streams = socket.stream(connected ? peer.address() : null);
        return streams.outgoing();
    }

    final OutgoingDatagram next(boolean connected) {
        String number = String.format("%05d ", counted.size());
        return datagram(number + "x".repeat(PAYLOAD - number.length()), connected ? null : peer.address());
    }

    /** Sends, in lists and in batches, until the gate is closed. */
    final void fill(OutgoingDatagramStream out, boolean connected) throws Exception {
        for (int permitted = out.checkSend(); permitted > 0; permitted = out.checkSend()) {
            assertTrue(counted.size() < MANY, "the buffer takes everything, though nothing leaves");
            int before = counted.size();
            List<OutgoingDatagram> list = new ArrayList<>();
            DatagramBatch batch = new DatagramBatch(permitted, permitted * PAYLOAD);
            for (int i = 0; i < Math.min(permitted, 30); i++) {
                OutgoingDatagram datagram = next(connected);
                counted.add(text(datagram));
                list.add(datagram);
                batch.add(datagram.remoteAddress(), datagram.data());
            }
            int sent = before % 60 == 0 ? out.send(list) : out.send(batch, 0, batch.size());
            counted.subList(before + sent, counted.size()).clear();
        }
        assertTrue(counted.size() > 0, "an empty buffer takes something");
    }

    /** Lets everything leave, and asserts that what was counted arrives exactly once, and nothing else. */
    final void assertCountedArrives() {
        network.release();
        List<String> arrived = new ArrayList<>();
        while (arrived.size() < counted.size()) {
            arrived.add(peer.receive().text());
        }
        arrived.sort(null); // behind such a queue two processors may change the order
        assertEquals(counted, arrived);
        assertEquals(List.of(), peer.texts());
    }

    final void assertClosed(OutgoingDatagramStream out) throws Exception {
        assertEquals(0, out.checkSend(), "C4: the buffer is full");
        assertFalse(out.subscribe().ready(), "C2: the pollable agrees");
        assertEquals(0, out.checkSend(), "asking changes nothing");
        assertFalse(out.subscribe().block(Duration.ofMillis(1)));
    }

    final void assertCalled(CountDownLatch called) throws InterruptedException {
        assertTrue(called.await(patience().toSeconds(), TimeUnit.SECONDS), "the callback did not come");
    }

    static String text(OutgoingDatagram datagram) {
        return StandardCharsets.ISO_8859_1.decode(datagram.data().duplicate()).toString();
    }
}
