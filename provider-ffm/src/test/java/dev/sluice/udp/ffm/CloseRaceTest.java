// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A descriptor that is used after its socket was closed is another socket's: that one is watched here, for each socket that
 * is closed while threads send, receive and wait. {@code -Dsluice.test.closes=100000} makes a longer run.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class CloseRaceTest {
    private static final IpAddressFamily FAMILY = IpAddressFamily.IPV4;
    private static final int ROUNDS = Integer.getInteger("sluice.test.closes", 1_000);
    private static final byte OLD = 1;
    private static final byte NEW = 2;

    private final FfmProvider provider = new FfmProvider();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong uses = new AtomicLong();
    private volatile DatagramStreams current;
    private volatile boolean over;

    private interface Use {
        void of(DatagramStreams streams) throws Exception;
    }

    private Future<?> start(Use use) {
        return threads.submit(() -> {
            while (!over) {
                try {
                    use.of(current);
                    uses.incrementAndGet();
                } catch (SocketErrorException e) {
                    assertEquals(ErrorCode.INVALID_STATE, e.errorCode());
                    Thread.onSpinWait();
                }
            }
            return null;
        });
    }

    private static DatagramBatch batchOf(byte value) {
        DatagramBatch batch = new DatagramBatch(8, 8);
        for (int i = 0; i < 8; i++) {
            batch.add(null, new byte[] {value}, 0, 1);
        }
        return batch;
    }

    private UdpSocket bound() throws Exception {
        UdpSocket socket = provider.createSocket(FAMILY);
        socket.bind(Peer.loopback(FAMILY, 0));
        return socket;
    }

    @Test
    void U7_theNextSocketWithTheDescriptorIsNotDisturbed() throws Exception {
        DatagramBatch old = batchOf(OLD);
        DatagramBatch into = new DatagramBatch(8, 70_000);
        try (Peer oldPeer = new Peer(FAMILY);
                Peer newPeer = new Peer(FAMILY)) {
            UdpSocket next = bound();
            current = next.stream(oldPeer.address());
            List<Future<?>> users = new ArrayList<>();
            users.add(start(streams -> {
                streams.outgoing().checkSend();
                streams.outgoing().send(old, 0, 8);
            }));
            users.add(start(streams -> {
                into.clear();
                streams.incoming().receive(into, 8);
            }));
            users.add(start(streams -> streams.incoming().subscribe().block(Duration.ofMillis(5))));
            users.add(start(
                    streams -> streams.incoming().subscribe().onReady(() -> {}).cancel()));
            for (int round = 0; round < ROUNDS; round++) {
                long before = uses.get();
                while (uses.get() < before + 4) {
                    Thread.onSpinWait();
                }
                next.close();
                watchVictim(newPeer);
                next = bound();
                current = next.stream(oldPeer.address());
            }
            over = true;
            for (Future<?> user : users) {
                user.get(Peer.LONG.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            over = true;
            provider.close();
            threads.shutdown();
        }
    }

    /** What it sends arrives, from its port, and nothing else does; and it receives what is sent to it. */
    private void watchVictim(Peer peer) throws Exception {
        try (UdpSocket victim = bound()) {
            DatagramStreams streams = victim.stream(peer.address());
            peer.send(victim.localAddress(), NEW);
            DatagramBatch batch = new DatagramBatch(2, 140_000);
            batch.add(null, new byte[] {NEW}, 0, 1);
            streams.outgoing().checkSend();
            assertEquals(1, streams.outgoing().send(batch, 0, 1));
            assertArrayEquals(new byte[] {NEW}, peer.receive());
            assertEquals(victim.localAddress(), peer.lastSource());
            assertTrue(streams.incoming().subscribe().block(Peer.LONG), "its datagram was taken");
            batch.clear();
            assertEquals(1, streams.incoming().receive(batch, 2));
            assertArrayEquals(new byte[] {NEW}, batch.bytes(0));
        }
    }
}
