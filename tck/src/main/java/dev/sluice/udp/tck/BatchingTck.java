// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Batching is invisible (S6): a random list has the same result at once, one by one, and as a batch. A failure names its
 * seed, with which the system property {@value #SEED} repeats it; {@value #LISTS} says how many lists are tried.
 */
@EnumSource(IpAddressFamily.class)
public abstract class BatchingTck extends RuleTest {
    /** The system property with the number of lists for each test. */
    public static final String LISTS = "sluice.tck.lists";

    /** The system property with the seed of the first list. */
    public static final String SEED = "sluice.tck.seed";

    private static final int DEFAULT_LISTS = 500;

    /** Fewer bytes than a receive buffer holds, so that nothing is dropped there. */
    private static final int MAX_BYTES = 150_000;

    /** For subclasses. */
    protected BatchingTck() {}

    /** The result of sending a list. */
    private record Outcome(int count, ErrorCode error, List<List<String>> arrived) {}

    private interface Sending {
        /** Sends until the end or the first error, and returns how many were sent, or throws. */
        int send(OutgoingDatagramStream out, List<OutgoingDatagram> list) throws Exception;
    }

    @Test
    final void S6_aListDoesWhatItsDatagramsDoOneByOne() throws Exception {
        TestNetwork network = new TestNetwork();
        List<Peer> peers = List.of(peer(), peer(), peer());
        InetSocketAddress forbidden = peers.get(2).address();
        network.send = address -> !address.equals(forbidden);
        UdpSocket socket = socket();
        socket.bind(network, loopback(0));
        assertSameResults(socket.stream(null).outgoing(), peers, null);
    }

    @Test
    final void S6_aListToThePeerDoesWhatItsDatagramsDoOneByOne() throws Exception {
        List<Peer> peers = List.of(peer(), peer());
        UdpSocket socket = socket();
        socket.bind(Network.unrestricted(), loopback(0));
        assertSameResults(
                socket.stream(peers.get(0).address()).outgoing(),
                peers,
                peers.get(0).address());
    }

    private void assertSameResults(OutgoingDatagramStream out, List<Peer> peers, InetSocketAddress peer)
            throws Exception {
        long seed = Long.getLong(SEED, System.nanoTime());
        int lists = Integer.getInteger(LISTS, DEFAULT_LISTS);
        InetSocketAddress closed = closedPort();
        for (int i = 0; i < lists; i++, seed++) {
            List<OutgoingDatagram> list = randomList(new Random(seed), peers, peer, closed);
            String which = "with -D" + SEED + "=" + seed;
            try {
                Outcome oneByOne = outcome(out, peers, list, BatchingTck::oneByOne);
                assertEquals(oneByOne, outcome(out, peers, list, BatchingTck::atOnce), which);
                assertEquals(oneByOne, outcome(out, peers, list, BatchingTck::asABatch), which);
            } catch (RuntimeException | SocketErrorException e) {
                throw new AssertionError(which, e);
            }
        }
    }

    private List<OutgoingDatagram> randomList(
            Random random, List<Peer> peers, InetSocketAddress peer, InetSocketAddress closed) {
        List<OutgoingDatagram> list = new ArrayList<>();
        int length = 1 + random.nextInt(random.nextInt(10) == 0 ? 150 : 20);
        int bytes = 0;
        boolean faulty = random.nextInt(3) == 0;
        while (list.size() < length && bytes < MAX_BYTES) {
            int size = size(random, MAX_BYTES - bytes);
            int run = 1 + (random.nextBoolean() ? random.nextInt(length) : 0);
            InetSocketAddress to = peer == null
                    ? random.nextInt(8) == 0
                            ? closed
                            : peers.get(random.nextInt(2)).address()
                    : random.nextBoolean() ? peer : null;
            for (int i = 0; i < run && list.size() < length && bytes + size <= MAX_BYTES; i++) {
                int jitter = random.nextInt(12) == 0 ? Math.min(size, random.nextInt(3)) : 0;
                list.add(datagram(text(random, list.size(), size - jitter), to));
                bytes += size;
            }
        }
        if (faulty) {
            OutgoingDatagram fault = fault(random, peers.get(peers.size() - 1).address(), peer);
            list.add(random.nextInt(list.size() + 1), fault);
        }
        return list;
    }

    private static int size(Random random, int most) {
        int size =
                switch (random.nextInt(8)) {
                    case 0 -> 0;
                    case 1 -> 1 + random.nextInt(3);
                    case 2 -> 1_472;
                    case 3 -> random.nextInt(20_000);
                    case 4 -> random.nextInt(65_508);
                    default -> random.nextInt(1_500);
                };
        return Math.min(size, most);
    }

    private static String text(Random random, int index, int size) {
        String head = index + ":" + random.nextInt(1000) + ":";
        return head.length() >= size ? head.substring(0, size) : head + "x".repeat(size - head.length());
    }

    /** A datagram that is refused before any system call, so that it fails alike in every order. */
    private OutgoingDatagram fault(Random random, InetSocketAddress notAllowed, InetSocketAddress peer) {
        return switch (random.nextInt(5)) {
            case 0 -> datagram("E1", new InetSocketAddress(Hosts.loopback(Hosts.other(family)), 9));
            case 1 -> datagram("E2", new InetSocketAddress(Hosts.unspecified(family), 9));
            case 2 -> datagram("E3", loopback(0));
            case 3 -> datagram("N1 or E4", notAllowed);
            default -> datagram("x".repeat(family.maxDatagramSize() + 1), peer == null ? loopback(9) : peer);
        };
    }

    private Outcome outcome(OutgoingDatagramStream out, List<Peer> peers, List<OutgoingDatagram> list, Sending way)
            throws Exception {
        int count = 0;
        ErrorCode error = null;
        try {
            for (int rounds = 0; count < list.size(); rounds++) {
                assertTrue(rounds < 10_000, "no progress");
                if (out.checkSend() == 0) {
                    await(out.subscribe());
                } else {
                    count += way.send(out, list.subList(count, list.size()));
                }
            }
        } catch (SocketErrorException e) {
            error = e.errorCode();
        }
        List<List<String>> arrived = new ArrayList<>();
        for (Peer peer : peers) {
            arrived.add(peer.texts());
        }
        return new Outcome(count, error, arrived);
    }

    private static int oneByOne(OutgoingDatagramStream out, List<OutgoingDatagram> list) throws Exception {
        return out.send(list.subList(0, 1));
    }

    private static int atOnce(OutgoingDatagramStream out, List<OutgoingDatagram> list) throws Exception {
        return out.send(list);
    }

    private static int asABatch(OutgoingDatagramStream out, List<OutgoingDatagram> list) throws Exception {
        DatagramBatch batch = new DatagramBatch(list.size(), MAX_BYTES + 70_000);
        for (OutgoingDatagram datagram : list) {
            assertTrue(batch.add(datagram.remoteAddress(), datagram.data()));
        }
        return out.send(batch, 0, batch.size());
    }

    /** When the error arrives is not promised; but what send counted is what the statistics count. */
    @Test
    final void S6_S2_S7_S8_toAClosedPortTheStatisticsAreExact() throws Exception {
        Random random = new Random(Long.getLong(SEED, System.nanoTime()));
        UdpSocket socket = bound();
        OutgoingDatagramStream out = socket.stream(closedPort()).outgoing();
        long counted = 0;
        long errors = 0;
        long given = 0;
        for (int i = 0; i < 200; i++) {
            int length = 1 + random.nextInt(30);
            List<OutgoingDatagram> list = new ArrayList<>();
            while (list.size() < length) {
                list.add(datagram("x".repeat(1 + random.nextInt(50)), null));
            }
            await(out.subscribe());
            try {
                int sent = send(out, list);
                assertTrue(sent >= 0 && sent <= length, "sent " + sent + " of " + length); // 0: a full buffer (S3)
                counted += sent;
            } catch (SocketErrorException e) {
                assertEquals(ErrorCode.CONNECTION_REFUSED, e.errorCode(), e::toString);
                errors++;
            }
            given += length;
            assertEquals(given, socket.statistics().datagramsGiven(), "K1: after each list");
        }
        assertTrue(errors > 0, "a closed port is answered with errors");
        assertEquals(counted, socket.statistics().datagramsSent());
        assertEquals(errors, socket.statistics().sendErrors());
    }
}
