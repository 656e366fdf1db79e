// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A descriptor used after close is somebody else's: here the somebody else is watched. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CloseTest {
    private static final IpAddressFamily FAMILY = IpAddressFamily.IPV4;
    private static final byte OLD = 1;
    private static final byte NEW = 2;
    private static final int ROUNDS = 60;

    private final EpollProvider provider = new EpollProvider();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() throws Exception {
        provider.close();
        threads.shutdown();
        assertTrue(threads.awaitTermination(Peer.LONG.toSeconds(), TimeUnit.SECONDS));
    }

    private UdpSocket bound() throws Exception {
        UdpSocket socket = provider.createSocket(FAMILY);
        socket.bind(Peer.loopback(FAMILY, 0));
        return socket;
    }

    private static DatagramBatch batchOf(byte value) {
        DatagramBatch batch = new DatagramBatch(8, 8);
        for (int i = 0; i < 8; i++) {
            batch.add(null, new byte[] {value}, 0, 1);
        }
        return batch;
    }

    /** Runs until the socket is closed under it. */
    private Future<?> start(CountDownLatch running, Callable<?> use) {
        return threads.submit(() -> {
            for (long i = 0; i < Long.MAX_VALUE; i++) {
                try {
                    use.call();
                    running.countDown();
                } catch (SocketErrorException e) {
                    assertEquals(ErrorCode.INVALID_STATE, e.errorCode());
                    return null;
                }
            }
            return null;
        });
    }

    @Test
    void U7_whoeverGetsTheDescriptorNextIsNotDisturbed() throws Exception {
        try (Peer oldPeer = new Peer(FAMILY);
                Peer newPeer = new Peer(FAMILY)) {
            DatagramBatch newBatch = batchOf(NEW);
            for (int round = 0; round < ROUNDS; round++) {
                UdpSocket old = bound();
                InetSocketAddress port = old.localAddress();
                DatagramStreams streams = old.stream(oldPeer.address());
                CountDownLatch running = new CountDownLatch(2);
                DatagramBatch oldBatch = batchOf(OLD);
                List<Future<?>> users = new ArrayList<>();
                users.add(start(running, () -> {
                    streams.outgoing().checkSend();
                    return streams.outgoing().send(oldBatch, 0, 8);
                }));
                users.add(start(running, () -> streams.incoming().receive(8)));
                users.add(start(new CountDownLatch(1), () -> {
                    streams.incoming().subscribe().block(Peer.LONG);
                    return streams.incoming().receive(8);
                }));
                assertTrue(running.await(Peer.LONG.toSeconds(), TimeUnit.SECONDS));
                old.close();
                try (UdpSocket next = provider.createSocket(FAMILY);
                        DatagramSocket samePort = new DatagramSocket(port)) { // free on return
                    next.bind(Peer.loopback(FAMILY, 0));
                    DatagramStreams others = next.stream(newPeer.address());
                    newPeer.send(next.localAddress(), NEW);
                    others.outgoing().checkSend();
                    assertEquals(8, others.outgoing().send(newBatch, 0, 8));
                    for (int i = 0; i < 8; i++) {
                        assertEquals(NEW, newPeer.receive()[0]);
                    }
                    others.incoming().subscribe().block(Peer.LONG);
                    assertEquals(NEW, others.incoming().receive(1).get(0).data().get(0));
                    for (Future<?> user : users) {
                        user.get(Peer.LONG.toSeconds(), TimeUnit.SECONDS);
                    }
                    assertFalse(samePort.isClosed());
                }
            }
        }
    }

    @Test
    void U7_closingInsideAReadinessCallbackDoesNotDeadlock() throws Exception {
        try (Peer peer = new Peer(FAMILY)) {
            UdpSocket socket = bound();
            CountDownLatch closed = new CountDownLatch(1);
            socket.stream(null).incoming().subscribe().onReady(() -> {
                socket.close();
                closed.countDown();
            });
            peer.send(socket.localAddress(), NEW);
            assertTrue(closed.await(Peer.LONG.toSeconds(), TimeUnit.SECONDS));
        }
    }

    @Test
    void V3_stoppingTheProviderEndsItsThread() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(null);
        CountDownLatch woken = new CountDownLatch(1);
        Thread[] waiting = new Thread[1];
        try (Peer peer = new Peer(FAMILY)) {
            streams.incoming().subscribe().onReady(() -> {
                waiting[0] = Thread.currentThread();
                woken.countDown();
            });
            peer.send(socket.localAddress(), NEW);
            assertTrue(woken.await(Peer.LONG.toSeconds(), TimeUnit.SECONDS));
        }
        streams.incoming().receive(1);
        streams.incoming().subscribe().onReady(() -> {});
        provider.close();
        assertFalse(waiting[0].isAlive());
        assertTrue(streams.incoming().subscribe().ready());
    }

    @Test
    void S7_whatWasCountedSurvivesClosing() throws Exception {
        try (Peer peer = new Peer(FAMILY)) {
            UdpSocket socket = bound();
            DatagramStreams streams = socket.stream(peer.address());
            streams.outgoing().checkSend();
            int sent = streams.outgoing()
                    .send(List.of(
                            new OutgoingDatagram(ByteBuffer.wrap(new byte[] {NEW})),
                            new OutgoingDatagram(ByteBuffer.wrap(new byte[] {OLD}))));
            socket.close();
            assertEquals(2, sent);
            assertEquals(NEW, peer.receive()[0]);
            assertEquals(OLD, peer.receive()[0]);
        }
    }
}
