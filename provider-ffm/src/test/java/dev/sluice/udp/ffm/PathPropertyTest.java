// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lists that mix paths, sizes and destinations, in runs that could leave as one but for one of these, arrive datagram by
 * datagram as they were sent, each with its own path, however they are received. {@code -Dsluice.test.rounds=N} makes a longer
 * run, {@code -Dsluice.test.seed=N} the same one again.
 */
class PathPropertyTest {
    private static final int ROUNDS = Integer.getInteger("sluice.test.rounds", 2_000);

    private record Sent(byte[] payload, InetAddress destination, DatagramPath path) {}

    private final FfmProvider provider = new FfmProvider();
    private final long seed = Long.getLong("sluice.test.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    /** What each sender, by its port, has sent that has not arrived. */
    private final Map<Integer, Deque<Sent>> pending = new HashMap<>();

    private final List<UdpSocket> senders = new ArrayList<>();
    private final List<OutgoingDatagramStream> streams = new ArrayList<>();
    private List<InetAddress> addresses;
    private List<DatagramPath> paths;
    private InetSocketAddress peer;
    private UdpSocket receiver;
    private DatagramStreams received;
    private IpAddressFamily family;
    private int memory;

    @AfterEach
    void close() {
        provider.close();
    }

    @ParameterizedTest
    @EnumSource
    void O3_O4_allArrivesWithItsOwnPath(IpAddressFamily both) throws Exception {
        family = both;
        addresses = new ArrayList<>();
        for (String host : family == IpAddressFamily.IPV4 ? List.of("127.0.0.1", "127.0.0.2") : List.of("::1")) {
            addresses.add(InetAddress.getByName(host));
        }
        paths = new ArrayList<>(Arrays.asList(null, DatagramPath.ofTrafficClass(1), DatagramPath.ofTrafficClass(0xfe)));
        for (InetAddress address : addresses) {
            paths.add(DatagramPath.from(address));
            paths.add(DatagramPath.from(address).withEcn(DatagramPath.ECT_0));
            paths.add(DatagramPath.from(address).withEcn(DatagramPath.ECT_0));
        }
        receiver = bound();
        ReceiveBuffer.enlarge(receiver);
        receiver.setOption(UdpSocketOptions.RECEIVE_PATH, true);
        received = receiver.stream(null);
        peer = new InetSocketAddress(addresses.get(0), receiver.localAddress().getPort());
        for (InetSocketAddress to : new InetSocketAddress[] {null, peer}) {
            UdpSocket sender = bound();
            senders.add(sender);
            streams.add(sender.stream(to).outgoing());
            pending.put(sender.localAddress().getPort(), new ArrayDeque<>());
        }
        try {
            for (int round = 0; round < ROUNDS; round++) {
                if (random.nextInt(100) < 50 && memory < ReceiveBuffer.MOST_CHARGED / 2) {
                    send(random.nextInt(senders.size()));
                } else {
                    receive();
                }
            }
            while (memory > 0) {
                assertTrue(received.incoming().subscribe().block(Peer.LONG), "something was lost");
                receive();
            }
        } catch (AssertionError | Exception e) {
            throw new AssertionError(
                    "-Dsluice.test.seed=" + seed + " " + family + ", the receiver's " + receiver.statistics(), e);
        }
    }

    private UdpSocket bound() throws Exception {
        UdpSocket socket = provider.createSocket(family);
        socket.bind(new InetSocketAddress(family == IpAddressFamily.IPV4 ? "0.0.0.0" : "::", 0));
        return socket;
    }

    private void send(int sender) throws Exception {
        boolean hasPeer = sender == 1;
        int size = 1 + random.nextInt(random.nextBoolean() ? 100 : 1_500);
        int count = 1 + random.nextInt(60);
        DatagramBatch batch = new DatagramBatch(count, count * 1_600);
        List<Sent> sent = new ArrayList<>();
        DatagramPath path = paths.get(random.nextInt(paths.size()));
        InetSocketAddress to = null;
        for (int i = 0; i < count && memory < ReceiveBuffer.MOST_CHARGED; i++) {
            if (random.nextInt(6) == 0) {
                path = paths.get(random.nextInt(paths.size()));
            }
            if (!hasPeer && (to == null || random.nextInt(20) == 0)) {
                InetAddress host = addresses.get(random.nextInt(addresses.size()));
                to = new InetSocketAddress(host, peer.getPort());
            }
            byte[] payload = new byte[random.nextInt(20) == 0 ? random.nextInt(size + 1) : size];
            random.nextBytes(payload);
            batch.tail().put(payload);
            batch.commit(to, payload.length, path);
            sent.add(new Sent(payload, hasPeer ? peer.getAddress() : to.getAddress(), path));
            memory += ReceiveBuffer.charged(payload.length);
        }
        OutgoingDatagramStream out = streams.get(sender);
        for (int gone = 0; gone < batch.size(); ) {
            if (out.checkSend() == 0) {
                assertTrue(out.subscribe().block(Peer.LONG));
                continue;
            }
            gone += out.send(batch, gone, batch.size());
        }
        pending.get(senders.get(sender).localAddress().getPort()).addAll(sent);
    }

    private void receive() throws Exception {
        int max = 1 + random.nextInt(random.nextBoolean() ? 4 : 100);
        if (random.nextBoolean()) {
            for (IncomingDatagram datagram : received.incoming().receive(max)) {
                check(datagram.remoteAddress(), datagram.data().array(), datagram.path());
            }
        } else {
            DatagramBatch batch = new DatagramBatch(1 + random.nextInt(100), 70_000 + random.nextInt(30_000));
            received.incoming().receive(batch, max);
            for (int i = 0; i < batch.size(); i++) {
                check(batch.remoteAddress(i), batch.bytes(i), batch.path(i));
            }
        }
    }

    private void check(InetSocketAddress source, byte[] payload, DatagramPath path) {
        Sent sent = pending.get(source.getPort()).remove();
        memory -= ReceiveBuffer.charged(sent.payload.length);
        assertArrayEquals(sent.payload, payload);
        assertEquals(sent.destination, path.localAddress());
        assertEquals(sent.destination, path.destination());
        assertTrue(path.interfaceIndex() > 0);
        int chosen = sent.path == null ? DatagramPath.UNSET : sent.path.trafficClass();
        assertEquals(chosen == DatagramPath.UNSET ? 0 : chosen, path.trafficClass());
        if (sent.path != null && sent.path.localAddress() != null) {
            assertEquals(sent.path.localAddress(), source.getAddress());
        }
    }
}
