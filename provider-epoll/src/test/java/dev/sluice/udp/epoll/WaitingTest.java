// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.DatagramTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Readiness, at the transport: what the SPI builds its pollables on. */
class WaitingTest {
    private static final IpAddressFamily FAMILY = IpAddressFamily.IPV4;

    private final List<DatagramTransport> open = new ArrayList<>();
    private EpollSockets sockets = new EpollSockets(true, null);

    private final Callback callback = new Callback();

    @AfterEach
    void close() {
        open.forEach(DatagramTransport::close);
        sockets.stop();
    }

    private DatagramTransport bound(IpAddressFamily family) throws IOException {
        DatagramTransport transport = sockets.open(family);
        open.add(transport);
        return transport;
    }

    private static InetSocketAddress bind(DatagramTransport transport, IpAddressFamily family) throws IOException {
        return transport.bind(Peer.loopback(family, 0));
    }

    private static void drain(DatagramTransport transport) throws IOException {
        DatagramBatch batch = new DatagramBatch(64, 70_000);
        while (transport.receive(batch, 64) > 0) {
            batch.clear();
        }
    }

    @ParameterizedTest
    @EnumSource
    void P3_aCallbackIsCalledOnceForEachTimeItIsArmed(IpAddressFamily family) throws Exception {
        try (Peer peer = new Peer(family)) {
            DatagramTransport transport = bound(family);
            InetSocketAddress local = bind(transport, family);
            for (int i = 0; i < 3; i++) {
                assertEquals(0, transport.readiness(DatagramTransport.READABLE));
                transport.arm(DatagramTransport.READABLE, callback);
                assertFalse(callback.wasCalled());
                peer.send(local, (byte) 1);
                peer.send(local, (byte) 2);
                callback.await();
                assertEquals(DatagramTransport.READABLE, transport.readiness(DatagramTransport.READABLE));
                transport.arm(DatagramTransport.WRITABLE, callback); // readable still, yet not asked for any more
                callback.await();
                drain(transport);
                assertFalse(callback.wasCalled());
            }
        }
    }

    @Test
    void P3_whatIsReadyAlreadyFiresThoughNotFromInside() throws Exception {
        DatagramTransport transport = bound(FAMILY);
        bind(transport, FAMILY);
        transport.arm(DatagramTransport.WRITABLE, callback);
        assertNotSame(Thread.currentThread(), callback.await());
    }

    @Test
    void P3_aLaterCallbackReplacesTheEarlier() throws Exception {
        try (Peer peer = new Peer(FAMILY)) {
            DatagramTransport transport = bound(FAMILY);
            InetSocketAddress local = bind(transport, FAMILY);
            BlockingQueue<String> names = new LinkedBlockingQueue<>();
            transport.arm(DatagramTransport.READABLE, () -> names.add("earlier"));
            transport.arm(DatagramTransport.READABLE, () -> names.add("later"));
            peer.send(local, (byte) 1);
            assertEquals("later", names.poll(Peer.LONG.toSeconds(), TimeUnit.SECONDS));
            assertTrue(names.isEmpty());
        }
    }

    @Test
    void P3_oneDirectionDoesNotDisturbTheOther() throws Exception {
        try (Peer peer = new Peer(FAMILY)) {
            DatagramTransport transport = bound(FAMILY);
            InetSocketAddress local = bind(transport, FAMILY);
            BlockingQueue<String> names = new LinkedBlockingQueue<>();
            transport.arm(DatagramTransport.READABLE, () -> names.add("readable"));
            transport.arm(DatagramTransport.WRITABLE, () -> names.add("writable"));
            assertEquals("writable", names.poll(Peer.LONG.toSeconds(), TimeUnit.SECONDS));
            peer.send(local, (byte) 1);
            assertEquals("readable", names.poll(Peer.LONG.toSeconds(), TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @EnumSource
    void P2_anErrorFiresAndAskingThrowsIt(IpAddressFamily family) throws Exception {
        try (Peer nobody = Peer.deaf(family)) {
            DatagramTransport transport = bound(family);
            bind(transport, family);
            transport.connect(nobody.address());
            DatagramBatch one = new DatagramBatch(1, 1);
            one.add(null, ByteBuffer.allocate(1));
            transport.arm(DatagramTransport.READABLE, callback);
            assertEquals(1, transport.send(one, 0, 1));
            callback.await();

            int both = DatagramTransport.READABLE | DatagramTransport.WRITABLE;
            SocketErrorException e = assertThrows(SocketErrorException.class, () -> transport.readiness(both));
            assertEquals(ErrorCode.CONNECTION_REFUSED, e.errorCode());
            assertEquals(DatagramTransport.WRITABLE, transport.readiness(both));
        }
    }

    @Test
    void R1_aDrainedQueueIsNotReadable() throws Exception {
        try (Peer peer = new Peer(FAMILY)) {
            DatagramTransport transport = bound(FAMILY);
            InetSocketAddress local = bind(transport, FAMILY);
            for (int size : new int[] {0, 1, 1000, 60_000}) {
                for (int count : new int[] {1, 2, 50}) {
                    for (int i = 0; i < count; i++) {
                        peer.send(local, new byte[size]);
                    }
                    assertEquals(DatagramTransport.READABLE, transport.readiness(DatagramTransport.READABLE));
                    drain(transport);
                    assertEquals(0, transport.readiness(DatagramTransport.READABLE));
                }
            }
        }
    }

    /** The events of several sockets come together, and once. */
    @Test
    void P3_aCallbackThatThrowsTakesNobodysEventAway() throws Exception {
        DatagramTransport one = bound(FAMILY);
        DatagramTransport other = bound(FAMILY);
        bind(one, FAMILY);
        bind(other, FAMILY);
        BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
        Runnable throwing = () -> {
            callback.run();
            throw new IllegalStateException("a callback's own");
        };
        other.arm(DatagramTransport.WRITABLE, callback); // so that epoll knows them both
        callback.await();
        one.arm(
                DatagramTransport.WRITABLE,
                () -> { // on the waiting thread, which looks for events only behind this
                    Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
                    armAll(throwing, one, other);
                });
        assertSame(callback.await(), callback.await());
        for (int i = 0; i < 2; i++) {
            assertTrue(uncaught.poll(Peer.LONG.toSeconds(), TimeUnit.SECONDS) instanceof IllegalStateException);
        }
    }

    private static void armAll(Runnable ready, DatagramTransport... transports) {
        try {
            for (DatagramTransport transport : transports) {
                transport.arm(DatagramTransport.WRITABLE, ready);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Tag("slow")
    void P3_tenThousandSocketsAreWaitedForByOneThread() throws Exception {
        int count = 10_000;
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DatagramTransport transport = boundIfAllowed();
            addresses.add(bind(transport, FAMILY));
            transport.arm(DatagramTransport.READABLE, callback);
        }
        try (Peer peer = new Peer(FAMILY)) {
            Thread only = null;
            for (int i = 0; i < count; i++) {
                peer.send(addresses.get(i), (byte) 1);
                Thread thread = callback.await();
                assertTrue(only == null || only == thread);
                only = thread;
            }
        }
    }

    /** A person's machine may allow fewer descriptors, CI's may not. */
    private DatagramTransport boundIfAllowed() throws IOException {
        try {
            return bound(FAMILY);
        } catch (SocketErrorException e) {
            boolean tooFew = e.errorCode() == ErrorCode.NEW_SOCKET_LIMIT;
            assumeFalse(tooFew && !"true".equals(System.getenv("CI")), "ulimit -n is too low");
            throw e;
        }
    }
}
