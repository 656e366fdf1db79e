// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever is sent, coalesced or one by one, of any size, by several senders, arrives as it was: byte for byte and boundary
 * for boundary, however it is received. {@code -Dsluice.test.rounds=N} makes a longer run, {@code -Dsluice.test.seed=N} the
 * same one again.
 */
class ReceivePropertyTest {
    private static final int ROUNDS = Integer.getInteger("sluice.test.rounds", 3_000);
    private static final int SENDERS = 3;

    private final FfmProvider provider = new FfmProvider();
    private final long seed = Long.getLong("sluice.test.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    private final Map<InetSocketAddress, Expected> pending = new HashMap<>();

    private final List<UdpSocket> senders = new ArrayList<>();
    private final List<OutgoingDatagramStream> streams = new ArrayList<>();
    private IpAddressFamily family;
    private UdpSocket receiver;
    private DatagramStreams received;
    private InetSocketAddress peer;
    private int memory;

    @AfterEach
    void close() {
        provider.close();
    }

    @ParameterizedTest
    @EnumSource
    void R3_S6_allArrivesAsItWasSent(IpAddressFamily both) throws Exception {
        family = both;
        receiver = provider.createSocket(family);
        ReceiveBuffer.enlarge(receiver);
        receiver.bind(Peer.loopback(family, 0));
        received = receiver.stream(null);
        for (int i = 0; i < SENDERS; i++) {
            UdpSocket sender = provider.createSocket(family);
            sender.bind(Peer.loopback(family, 0));
            senders.add(sender);
            streams.add(sender.stream(i == 0 ? receiver.localAddress() : null).outgoing()); // with and without a peer
            pending.put(sender.localAddress(), new Expected());
        }
        try {
            for (int round = 0; round < ROUNDS; round++) {
                step();
            }
            drain();
        } catch (AssertionError | Exception e) {
            throw new AssertionError(
                    "-Dsluice.test.seed=" + seed + " " + family + ", the receiver's " + receiver.statistics(), e);
        }
    }

    private void step() throws Exception {
        int choice = random.nextInt(100);
        if (choice < 2) {
            changePeer();
        } else if (choice < 55 && memory < ReceiveBuffer.MOST_CHARGED) {
            send(random.nextInt(SENDERS));
        } else {
            receive();
        }
    }

    private void changePeer() throws Exception {
        peer = random.nextBoolean()
                ? null
                : senders.get(random.nextInt(SENDERS)).localAddress();
        pending.forEach((source, sent) -> {
            if (peer != null && !source.equals(peer)) {
                sent.mayBeMissing();
            }
        });
        received = receiver.stream(peer);
    }

    /** A run, or some of any size. */
    private void send(int sender) throws Exception {
        boolean isRun = random.nextBoolean();
        int size = size();
        int count =
                1 + random.nextInt(Math.max(1, Math.min(130, ReceiveBuffer.MOST_CHARGED / 3 / Math.max(size, 700))));
        DatagramBatch batch = new DatagramBatch(count, count * 65_527);
        InetSocketAddress to = sender == 0 ? null : receiver.localAddress();
        int charged = memory;
        for (int i = 0; i < count && charged < ReceiveBuffer.MOST_CHARGED; i++) {
            int length = isRun ? (i == count - 1 ? random.nextInt(size + 1) : size) : random.nextInt(size + 1);
            charged += ReceiveBuffer.charged(length);
            byte[] payload = new byte[length];
            random.nextBytes(payload);
            batch.add(to, payload, 0, length);
        }
        OutgoingDatagramStream out = streams.get(sender);
        InetSocketAddress source = senders.get(sender).localAddress();
        for (int sent = 0; sent < batch.size(); ) {
            out.checkSend();
            int gone;
            try {
                gone = out.send(batch, sent, batch.size());
            } catch (SocketErrorException refused) { // an earlier one, while the receiver had another peer (S8)
                assertTrue(sender == 0 && refused.errorCode() == ErrorCode.CONNECTION_REFUSED, refused::toString);
                continue;
            }
            for (int i = sent; i < sent + gone; i++) {
                remember(source, batch.bytes(i));
            }
            sent += gone;
        }
    }

    private int size() {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(3);
            case 1 -> 1200;
            case 2 -> 1 + random.nextInt(100);
            case 3 -> random.nextInt(20) == 0 ? family.maxDatagramSize() : 9_000;
            default -> 1 + random.nextInt(2_000);
        };
    }

    private void remember(InetSocketAddress source, byte[] payload) {
        if (peer == null || peer.equals(source)) {
            pending.get(source).add(payload);
            memory += ReceiveBuffer.charged(payload.length);
        }
    }

    private int receive() throws Exception {
        int max = 1 + random.nextInt(random.nextBoolean() ? 4 : 200);
        int count = 0;
        if (random.nextBoolean()) {
            for (IncomingDatagram datagram : received.incoming().receive(max)) {
                check(datagram.remoteAddress(), datagram.data().array());
                count++;
            }
        } else {
            int spare = random.nextBoolean() ? 70_000 : random.nextInt(3_000);
            DatagramBatch batch = new DatagramBatch(1 + random.nextInt(150), family.maxDatagramSize() + spare);
            count = received.incoming().receive(batch, max);
            assertEquals(count, batch.size());
            for (int i = 0; i < count; i++) {
                check(batch.remoteAddress(i), batch.bytes(i));
            }
        }
        assertTrue(count <= max, () -> "more than " + max);
        return count;
    }

    private void check(InetSocketAddress source, byte[] payload) {
        Expected sent = pending.get(source);
        assertNotNull(sent, () -> "from " + source);
        assertTrue(sent.arrived(payload), () -> payload.length + " bytes that can't be next: " + sent);
        memory = pending.values().stream()
                .mapToInt(one -> one.underWay(next -> ReceiveBuffer.charged(next.length)))
                .sum();
    }

    private void drain() throws Exception {
        while (!pending.values().stream().allMatch(Expected::isComplete)) {
            assertTrue(received.incoming().subscribe().block(Peer.LONG), "something was lost");
            receive();
        }
        while (receive() > 0) {}
    }
}
