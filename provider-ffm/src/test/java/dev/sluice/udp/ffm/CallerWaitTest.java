// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static dev.sluice.udp.spi.DatagramTransport.READABLE;
import static dev.sluice.udp.spi.DatagramTransport.WRITABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.spi.DatagramTransport;
import java.io.File;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting in poll(2) on the caller's thread, and all that ends it (P6). */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CallerWaitTest {
    private static final IpAddressFamily FAMILY = IpAddressFamily.IPV4;
    private static final long FOR_EVER = Long.MAX_VALUE;

    private final FfmSockets sockets = new FfmSockets();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private DatagramTransport transport;
    private InetSocketAddress local;

    @BeforeEach
    void open() throws Exception {
        assertTrue(sockets.obstacle().isEmpty());
        transport = sockets.open(FAMILY);
        local = transport.bind(Peer.loopback(FAMILY, 0));
    }

    @AfterEach
    void close() throws Exception {
        transport.close();
        sockets.stop();
        threads.shutdown();
        assertTrue(threads.awaitTermination(Peer.LONG.toSeconds(), TimeUnit.SECONDS));
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.get(Peer.LONG.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void P6_aDatagramEndsTheWait() throws Exception {
        Future<Boolean> waiting = threads.submit(() -> {
            while (transport.readiness(READABLE) == 0) {
                assertTrue(transport.await(READABLE, FOR_EVER));
            }
            return true;
        });
        try (Peer peer = new Peer(FAMILY)) {
            peer.send(local, (byte) 1);
            assertTrue(done(waiting));
        }
    }

    @Test
    void P6_whatIsWritableNeedsNoWait() {
        assertTrue(transport.await(WRITABLE, FOR_EVER));
    }

    @Test
    void P6_theTimeEndsTheWait() {
        assertTrue(transport.await(READABLE, 1));
        assertTrue(transport.await(READABLE, 1_000_001));
    }

    @Test
    void P6_aWakeupBeforeTheWaitEndsItAndOnlyThatOne() throws Exception {
        transport.wakeup(READABLE);
        assertTrue(transport.await(READABLE, FOR_EVER));
        long start = System.nanoTime();
        assertTrue(transport.await(READABLE, 20_000_000));
        assertTrue(System.nanoTime() - start >= 20_000_000, "the wakeup was for one wait");
    }

    @Test
    void P6_aWakeupIsForOneInterest() {
        transport.wakeup(WRITABLE);
        long start = System.nanoTime();
        assertTrue(transport.await(READABLE, 20_000_000));
        assertTrue(System.nanoTime() - start >= 20_000_000);
    }

    @Test
    void P6_aWakeupEndsAWait() throws Exception {
        for (int round = 0; round < 500; round++) { // before, at the beginning of, or during the wait
            Future<Boolean> waiting = threads.submit(() -> transport.await(READABLE, FOR_EVER));
            transport.wakeup(READABLE);
            assertTrue(done(waiting));
        }
    }

    @Test
    void P6_anInterruptEndsAWaitAndStays() throws Exception {
        for (int round = 0; round < 500; round++) {
            boolean[] stayed = new boolean[1];
            Thread waiter = new Thread(() -> {
                transport.await(READABLE, FOR_EVER);
                stayed[0] = Thread.currentThread().isInterrupted();
            });
            waiter.start();
            waiter.interrupt();
            waiter.join(Peer.LONG.toMillis());
            assertFalse(waiter.isAlive());
            assertTrue(stayed[0]);
        }
        assertTrue(transport.await(READABLE, 1)); // of whatever was used again, nothing is left
    }

    @Test
    void U7_closeEndsAWait() throws Exception {
        for (int round = 0; round < 300; round++) {
            DatagramTransport closing = sockets.open(FAMILY);
            closing.bind(Peer.loopback(FAMILY, 0));
            Future<Boolean> waiting = threads.submit(() -> closing.await(READABLE, FOR_EVER));
            closing.close();
            done(waiting);
        }
    }

    /** Only when nothing waits for it any more is the descriptor free, so that the next socket has it. */
    @Test
    void U7_closeReturnsAfterThoseThatWait() throws Exception {
        for (int round = 0; round < 300; round++) {
            DatagramTransport closing = sockets.open(FAMILY);
            closing.bind(Peer.loopback(FAMILY, 0));
            Callable<Boolean> wait = () -> closing.await(READABLE, FOR_EVER);
            Future<Boolean> waiting = threads.submit(wait);
            Thread.currentThread().interrupt(); // which close has to survive
            closing.close();
            assertTrue(Thread.interrupted());
            done(waiting);
        }
    }

    @Test
    void P6_waitingUsesNoThreadAndLeavesNoDescriptor() throws Exception {
        try (FfmProvider provider = new FfmProvider();
                UdpSocket socket = provider.createSocket(FAMILY)) {
            socket.bind(Peer.loopback(FAMILY, 0));
            var readable = socket.stream(null).incoming().subscribe();
            assertFalse(readable.block(Duration.ofMillis(1)));
            int before = openDescriptors();
            for (int i = 0; i < 200; i++) {
                assertFalse(readable.block(Duration.ofNanos(1_000)));
            }
            assertEquals(before, openDescriptors());
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, readable::block);
        }
    }

    private static int openDescriptors() {
        return new File("/proc/self/fd").list().length;
    }

    /** The kernel can't see what another thread left of a coalesced message, before the wait or during it. */
    @Test
    void P6_whatIsLeftEndsTheWait() throws Exception {
        KernelSocket socket = KernelSocket.open(FAMILY);
        PollCalls calls = new PollCalls();
        assertTrue(new CallerWait(socket.descriptor(), calls, () -> true).await(READABLE, FOR_EVER));
        for (int round = 0; round < 200; round++) {
            AtomicBoolean left = new AtomicBoolean();
            AtomicBoolean looked = new AtomicBoolean();
            CallerWait wait = new CallerWait(socket.descriptor(), calls, () -> {
                boolean is = left.get();
                looked.set(true);
                return is;
            });
            Future<Boolean> waiting = threads.submit(() -> wait.await(READABLE, FOR_EVER));
            while (!looked.get()) {
                Thread.onSpinWait();
            }
            left.set(true); // after the look that it wasn't: whether it polls already or is about to, it is to be woken
            wait.becameReadable();
            assertTrue(done(waiting));
        }
        calls.close();
        socket.close();
    }

    @Test
    void P6_whatAnotherThreadLeavesEndsTheWait() throws Exception {
        DatagramTransport sender = sockets.open(FAMILY);
        sender.bind(Peer.loopback(FAMILY, 0));
        DatagramBatch run = new DatagramBatch(4, 400);
        for (int i = 0; i < 4; i++) {
            run.add(local, new byte[100], 0, 100);
        }
        DatagramBatch batch = new DatagramBatch(8, 200_000);
        for (int round = 0; round < 300; round++) {
            assertEquals(4, sender.send(run, 0, 4));
            Future<Boolean> waiting = threads.submit(() -> {
                while (transport.readiness(READABLE) == 0) {
                    assertTrue(transport.await(READABLE, FOR_EVER));
                }
                return true;
            });
            batch.clear();
            while (transport.receive(batch, 1) == 0) {}
            assertTrue(done(waiting));
            while (batch.size() < 4) {
                transport.receive(batch, 4 - batch.size());
            }
        }
        sender.close();
    }
}
