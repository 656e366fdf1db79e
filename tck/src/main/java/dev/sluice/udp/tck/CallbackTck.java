// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** One-shot callbacks (P3). */
@EnumSource(IpAddressFamily.class)
public abstract class CallbackTck extends RuleTest {
    private static final int MANY = 10_000;

    /** For subclasses. */
    protected CallbackTck() {}

    @Test
    final void P3_theCallbackComesOnce() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(null);
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch called = new CountDownLatch(1);
        streams.incoming().subscribe().onReady(() -> {
            calls.incrementAndGet();
            called.countDown();
        });
        for (int i = 0; i < 3; i++) {
            peer.send(socket.localAddress(), "x");
        }
        assertTrue(called.await(patience().toSeconds(), TimeUnit.SECONDS));
        receive(streams.incoming(), 3);
        peer.send(socket.localAddress(), "x");
        await(streams.incoming().subscribe());
        assertEquals(1, calls.get());
    }

    @Test
    final void P3_onReadyOfAReadyPollableCallsAtOnce() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        streams().outgoing().subscribe().onReady(calls::incrementAndGet);
        assertEquals(1, calls.get());
    }

    @Test
    final void P3_aCancelledCallbackDoesNotCome() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        Pollable readable = socket.stream(null).incoming().subscribe();
        AtomicInteger cancelled = new AtomicInteger();
        CountDownLatch kept = new CountDownLatch(1);
        Pollable.Registration registration = readable.onReady(cancelled::incrementAndGet);
        readable.onReady(kept::countDown);
        registration.cancel();
        registration.cancel();
        peer.send(socket.localAddress(), "x");
        assertTrue(kept.await(patience().toSeconds(), TimeUnit.SECONDS));
        assertEquals(0, cancelled.get());
    }

    /** An action that registers itself again so often, and notes how deep the stack is. */
    private static final class Again implements Runnable {
        private final Pollable pollable;
        private final CountDownLatch rounds;
        private volatile int deepest;
        private volatile boolean stopped;

        void stop() {
            stopped = true;
        }

        Again(Pollable pollable, int rounds) {
            this.pollable = pollable;
            this.rounds = new CountDownLatch(rounds);
        }

        @Override
        public void run() {
            deepest = Math.max(deepest, new Throwable().getStackTrace().length);
            rounds.countDown();
            if (rounds.getCount() > 0 && !stopped) {
                pollable.onReady(this);
            }
        }
    }

    @Test
    final void P4_anActionMayRegisterItselfAgain() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams ended = socket.stream(null);
        Pollable open = socket.stream(null).outgoing().subscribe();
        for (Pollable ready : List.of(open, ended.incoming().subscribe(), socket.subscribe())) {
            Again again = new Again(ready, 20_000);
            ready.onReady(again);
            assertTrue(again.rounds.await(patience().toSeconds(), TimeUnit.SECONDS));
            assertTrue(again.deepest < 1_000, () -> again.deepest + " frames");
        }
    }

    @Test
    final void P4_othersGetTheirTurn() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        UdpSocket other = bound();
        Again again = new Again(socket.stream(null).outgoing().subscribe(), Integer.MAX_VALUE);
        CountDownLatch called = new CountDownLatch(1);
        other.stream(null).incoming().subscribe().onReady(called::countDown);
        again.pollable.onReady(again); // returns, though the action goes on
        peer.send(other.localAddress(), "x");
        assertTrue(called.await(patience().toSeconds(), TimeUnit.SECONDS));
        again.stop();
    }

    @Test
    final void P5_whatAnActionDoesReachesNoOther() throws Exception {
        Peer peer = peer();
        List<UdpSocket> sockets = new ArrayList<>();
        CountDownLatch called = new CountDownLatch(10);
        for (int i = 0; i < 10; i++) {
            sockets.add(bound());
            sockets.get(i).stream(null).incoming().subscribe().onReady(() -> {
                called.countDown();
                Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {
                    throw new IllegalStateException("a handler's");
                });
                Thread.currentThread().interrupt();
                throw new IllegalStateException("an action's");
            });
        }
        for (UdpSocket socket : sockets) {
            peer.send(socket.localAddress(), "x");
        }
        assertTrue(called.await(patience().toSeconds(), TimeUnit.SECONDS));
        UdpSocket later = bound();
        Pollable readable = later.stream(null).incoming().subscribe();
        peer.send(later.localAddress(), "x");
        await(readable);
    }

    @Test
    @Tag("slow")
    final void P3_tenThousandSocketsWaitAtOnce() throws Exception {
        Peer peer = peer();
        List<UdpSocket> sockets = new ArrayList<>();
        List<Pollable> readable = new ArrayList<>();
        int threads = Thread.activeCount();
        while (sockets.size() < MANY) {
            UdpSocket socket;
            try {
                socket = bound();
            } catch (SocketErrorException e) { // out of descriptors or ports: fewer sockets are a test too
                Set<ErrorCode> limits = Set.of(ErrorCode.NEW_SOCKET_LIMIT, ErrorCode.ADDRESS_IN_USE);
                assertTrue(limits.contains(e.errorCode()), e::toString);
                break;
            }
            sockets.add(socket);
            readable.add(socket.stream(null).incoming().subscribe());
        }
        assertTrue(sockets.size() > 500, "only " + sockets.size() + " sockets");
        int chosen = sockets.size() * 2 / 3;
        CompletableFuture<int[]> waiting = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            try {
                waiting.complete(Pollable.poll(readable));
            } catch (Throwable e) {
                waiting.completeExceptionally(e);
            }
        });
        waiter.start();
        peer.send(sockets.get(chosen).localAddress(), "x");
        assertArrayEquals(new int[] {chosen}, waiting.get(patience().toSeconds(), TimeUnit.SECONDS));
        assertTrue(Thread.activeCount() - threads < 50, "no thread per socket");
        waiter.join();
    }
}
