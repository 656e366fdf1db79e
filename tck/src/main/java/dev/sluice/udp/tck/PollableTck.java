// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.UdpSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** Waiting (P1, P2); callbacks are tested by {@link CallbackTck}. */
@EnumSource(IpAddressFamily.class)
public abstract class PollableTck extends RuleTest {

    /** For subclasses. */
    protected PollableTck() {}

    @Test
    final void P1_readyTellsWhetherSomethingArrived() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(null);
        Pollable readable = streams.incoming().subscribe();
        assertFalse(readable.ready());
        peer.send(socket.localAddress(), "");
        await(readable);
        assertTrue(readable.ready());
        assertEquals(1, streams.incoming().receive(5).size());
        assertFalse(readable.ready());
    }

    @Test
    final void P1_blockReturnsWhenSomethingArrives() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        Pollable readable = socket.stream(null).incoming().subscribe();
        BlockedThread waiting = BlockedThread.on(readable, false);
        peer.send(socket.localAddress(), "wake up");
        waiting.assertReturns(patience());
    }

    @Test
    final void P1_aTimeoutEndsTheWait() throws Exception {
        Pollable readable = streams().incoming().subscribe();
        assertFalse(readable.block(Duration.ofMillis(20)));
        assertFalse(readable.block(Duration.ZERO));
        assertFalse(readable.block(Duration.ofSeconds(-1)));
        assertArrayEquals(new int[0], Pollable.poll(List.of(readable, readable), Duration.ofMillis(20)));
    }

    @Test
    final void P1_waitingIsInterruptible() throws Exception {
        Pollable readable = streams().incoming().subscribe();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, readable::block);
        assertFalse(Thread.currentThread().isInterrupted());
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread waiter = new Thread(() -> {
            try {
                readable.block();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        waiter.start();
        waiter.interrupt();
        assertTrue(interrupted.await(patience().toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    final void P1_pollNamesTheReadyOnesAscending() throws Exception {
        Peer peer = peer();
        UdpSocket quiet = bound();
        UdpSocket busy = bound();
        Pollable quietIn = quiet.stream(null).incoming().subscribe();
        Pollable busyIn = busy.stream(null).incoming().subscribe();
        peer.send(busy.localAddress(), "x");
        await(busyIn);
        List<Pollable> all = List.of(busyIn, quietIn, busy.subscribe(), quietIn, busyIn);
        assertArrayEquals(new int[] {0, 2, 4}, Pollable.poll(all));
        assertThrows(IllegalArgumentException.class, () -> Pollable.poll(List.of()));
    }

    @Test
    final void P1_othersPollablesCanBeWaitedForToo() throws Exception {
        Timer timer = new Timer();
        Pollable readable = streams().incoming().subscribe();
        BlockedThread waiting =
                BlockedThread.in(() -> assertArrayEquals(new int[] {1}, Pollable.poll(List.of(readable, timer))));
        timer.expire();
        waiting.assertReturns(patience());
    }

    /** A pollable that is not the provider's. */
    private static final class Timer implements Pollable {
        private final List<Runnable> actions = new ArrayList<>();
        private boolean expired;

        @Override
        public synchronized boolean ready() {
            return expired;
        }

        @Override
        public Registration onReady(Runnable action) {
            synchronized (this) {
                if (!expired) {
                    actions.add(action);
                    return () -> cancel(action);
                }
            }
            action.run();
            return () -> {};
        }

        private synchronized void cancel(Runnable action) {
            actions.remove(action);
        }

        synchronized void expire() {
            expired = true;
            List.copyOf(actions).forEach(Runnable::run);
        }
    }

    @Test
    final void P1_worksOnVirtualThreadsWhereTheJdkHasThem() throws Exception {
        Peer peer = peer();
        List<UdpSocket> sockets = new ArrayList<>();
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < 200; i++) { // many more than there are carrier threads: waiting pins none
            UdpSocket socket = bound();
            sockets.add(socket);
            Pollable readable = socket.stream(null).incoming().subscribe();
            CompletableFuture<Void> done = new CompletableFuture<>();
            waiting.add(done);
            Runnable blocking = () -> {
                try {
                    readable.block();
                    done.complete(null);
                } catch (Throwable e) {
                    done.completeExceptionally(e);
                }
            };
            BlockedThread.start(blocking, BlockedThread.hasVirtual());
        }
        for (UdpSocket socket : sockets) {
            peer.send(socket.localAddress(), "wake up");
        }
        for (CompletableFuture<Void> done : waiting) {
            done.get(patience().toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    final void P2_aPendingErrorIsReady() throws Exception {
        DatagramStreams streams = streamsTo(closedPort());
        assertEquals(1, send(streams.outgoing(), datagram("to a closed port", null)));
        await(streams.incoming().subscribe());
        await(streams.outgoing().subscribe());
        assertTrue(streams.incoming().subscribe().ready()); // asking, even twice, does not consume it
        assertTrue(streams.outgoing().checkSend() > 0);
        assertCode(ErrorCode.CONNECTION_REFUSED, () -> streams.outgoing().send(List.of(datagram("x", null))));
        assertFalse(streams.incoming().subscribe().ready());
    }

    @Test
    final void P2_aClosedSocketIsReadyAndWakes() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(null);
        CountDownLatch woken = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            streams.incoming().subscribe().onReady(woken::countDown);
        }
        socket.close();
        assertTrue(woken.await(patience().toSeconds(), TimeUnit.SECONDS));
        streams.incoming().subscribe().block();
        streams.outgoing().subscribe().block();
    }
}
