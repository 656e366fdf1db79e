// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.UdpSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What arrives, as the other end sees it: segmentation must not be seen (S6). */
class SegmentationTest {
    private final EpollProvider provider = new EpollProvider();
    private final Random random = new Random(42);

    @AfterEach
    void close() {
        provider.close();
    }

    private UdpSocket socket(IpAddressFamily family) throws IOException {
        UdpSocket socket = provider.createSocket(family);
        socket.bind(Peer.loopback(family, 0));
        return socket;
    }

    private DatagramBatch batch(InetSocketAddress to, int... lengths) {
        DatagramBatch batch = new DatagramBatch(1024, Arrays.stream(lengths).sum());
        for (int length : lengths) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            batch.add(to, bytes, 0, length);
        }
        return batch;
    }

    private static void sendAll(OutgoingDatagramStream out, DatagramBatch batch) throws IOException {
        out.checkSend();
        assertEquals(batch.size(), out.send(batch, 0, batch.size()));
    }

    private static void assertArrives(Peer peer, DatagramBatch batch) throws IOException {
        for (int i = 0; i < batch.size(); i++) {
            assertArrayEquals(batch.bytes(i), peer.receive(), "datagram " + i);
        }
    }

    @ParameterizedTest
    @CsvSource({"IPV4,true", "IPV4,false", "IPV6,true", "IPV6,false"})
    void S6_bytesBoundariesAndOrderAreThoseOfOneByOne(IpAddressFamily family, boolean connected) throws Exception {
        try (Peer peer = new Peer(family);
                UdpSocket socket = socket(family)) {
            OutgoingDatagramStream out =
                    socket.stream(connected ? peer.address() : null).outgoing();
            InetSocketAddress to = connected ? null : peer.address();
            int[][] lists = {
                {100, 100, 100, 100},
                {100, 100, 40},
                {100, 100, 250, 100, 100}, // a stale option would cut the third
                {250},
                {2, 0, 3},
                {0, 0},
                {5, 5, 0, 5, 5, 0},
                {1200, 64, 1200, 64, 1200, 64},
                {1, 2, 3, 3, 2, 1},
                {family.maxDatagramSize()},
                {30_000, 30_000, 30_000},
                {1},
            };
            for (int[] lengths : lists) {
                DatagramBatch batch = batch(to, lengths);
                sendAll(out, batch);
                assertArrives(peer, batch);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void S6_randomSizesArriveAsTheyWereSent(IpAddressFamily family) throws Exception {
        try (Peer peer = new Peer(family);
                UdpSocket socket = socket(family)) {
            OutgoingDatagramStream out = socket.stream(peer.address()).outgoing();
            for (int round = 0; round < 200; round++) {
                int few = 1 + random.nextInt(3);
                int[] lengths = random.ints(1 + random.nextInt(40), 0, few)
                        .map(i -> i * 37)
                        .toArray();
                DatagramBatch batch = batch(null, lengths);
                sendAll(out, batch);
                assertArrives(peer, batch);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void S6_alternatingDestinationsGetTheirOwn(IpAddressFamily family) throws Exception {
        try (Peer one = new Peer(family);
                Peer two = new Peer(family);
                UdpSocket socket = socket(family)) {
            OutgoingDatagramStream out = socket.stream(null).outgoing();
            DatagramBatch batch = new DatagramBatch(60, 6000);
            for (int i = 0; i < 60; i++) {
                byte[] bytes = new byte[100];
                bytes[0] = (byte) i;
                batch.add(goesToOne(i) ? one.address() : two.address(), bytes, 0, 100);
            }
            sendAll(out, batch);
            for (int i = 0; i < 60; i++) {
                assertEquals(i, (goesToOne(i) ? one : two).receive()[0]);
            }
        }
    }

    private static boolean goesToOne(int i) {
        return i % 3 != 0;
    }

    @ParameterizedTest
    @EnumSource
    void S6_severalFullTripsInOneSend(IpAddressFamily family) throws Exception {
        try (Peer peer = new Peer(family);
                UdpSocket socket = socket(family)) {
            OutgoingDatagramStream out = socket.stream(peer.address()).outgoing();
            int[] lengths = new int[400]; // what any receive buffer holds: nobody reads meanwhile
            Arrays.fill(lengths, 60);
            DatagramBatch batch = batch(null, lengths);
            sendAll(out, batch);
            assertArrives(peer, batch);
        }
    }
}
