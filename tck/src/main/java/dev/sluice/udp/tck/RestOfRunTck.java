// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a provider keeps of a run that it took whole (UDP_GRO), when the caller asked for less: it must not differ from what
 * the kernel still has (P1, P3, R2, U4).
 */
@EnumSource(IpAddressFamily.class)
public abstract class RestOfRunTck extends RunSources {

    /** For subclasses. */
    protected RestOfRunTck() {}

    @Test
    final void R2_anErrorLosesNothingOfARun() throws Exception {
        Peer peer = peer();
        InetSocketAddress remote = peer.address();
        streams = socket.stream(remote);
        run(5).forEach(text -> peer.send(local, text));
        assertEquals(run(1), texts(receive(streams.incoming(), 1)));
        peer.close();
        assertEquals(1, send(streams.outgoing(), toPeer("to a closed port")));
        List<String> received = new ArrayList<>(run(1));
        int errors = 0;
        while (received.size() < 5 || errors == 0) {
            await(streams.incoming().subscribe());
            try {
                received.addAll(texts(streams.incoming().receive(1)));
            } catch (SocketErrorException e) {
                assertEquals(ErrorCode.CONNECTION_REFUSED, e.errorCode());
                errors++;
            }
        }
        assertEquals(run(5), received);
        assertEquals(1, errors);
    }

    @Test
    final void P1_whatIsLeftOfARunIsReady() throws Exception {
        Pollable readable = streams.incoming().subscribe();
        for (Source source : sources()) {
            source.send(run(10));
            for (int i = 0; i < 10; i++) {
                awaitAnswer(readable);
                assertEquals(1, streams.incoming().receive(1).size());
            }
            assertFalse(readable.ready());
        }
    }

    /** Waits for the answer of {@code ready}, and for nothing else: {@code block} may learn it in another way. */
    private void awaitAnswer(Pollable pollable) {
        long start = System.nanoTime();
        while (!pollable.ready()) {
            assertTrue(
                    System.nanoTime() - start < patience().toNanos(), "ready answers false, though datagrams are left");
            Thread.onSpinWait();
        }
    }

    @Test
    final void P1_P3_waitingForWhatIsLeftOfARunReturns() throws Exception {
        Pollable readable = streams.incoming().subscribe();
        for (Source source : sources()) {
            source.send(run(10));
            for (int i = 0; i < 10; i++) {
                CountDownLatch called = new CountDownLatch(1);
                readable.onReady(called::countDown);
                assertTrue(called.await(patience().toSeconds(), TimeUnit.SECONDS));
                await(readable);
                assertEquals(1, streams.incoming().receive(1).size());
            }
        }
    }

    /** Begins to wait, and asserts that it ends. */
    private interface Wait {
        void begin(IncomingDatagramStream in, CompletableFuture<Void> ended) throws Exception;
    }

    /**
     * One thread begins to wait while another receives the first datagram of a run: nothing more arrives, but the rest is
     * ready.
     */
    private void assertWokenForWhatAnotherThreadLeft(Wait way) throws Exception {
        IncomingDatagramStream in = streams.incoming();
        for (Source source : sources()) {
            for (int round = 0; round < 200; round++) {
                CompletableFuture<Void> taken = onThread(() -> takeOne(in));
                CompletableFuture<Void> sent = onThread(() -> sendUnchecked(source, run(4)));
                CompletableFuture<Void> ended = new CompletableFuture<>();
                way.begin(in, ended);
                for (CompletableFuture<Void> future : List.of(taken, sent, ended)) {
                    future.get(patience().toSeconds(), TimeUnit.SECONDS);
                }
                assertEquals(3, receive(in, 3).size());
            }
        }
    }

    /** Not in the common pool: on a machine of two processors it has one thread, for both to share. */
    private static CompletableFuture<Void> onThread(Runnable task) {
        return CompletableFuture.runAsync(task, running -> new Thread(running).start());
    }

    @Test
    final void P3_aWaiterIsWokenForWhatAnotherThreadLeft() throws Exception {
        assertWokenForWhatAnotherThreadLeft((in, ended) -> in.subscribe().onReady(() -> ended.complete(null)));
    }

    @Test
    final void P6_aBlockedThreadIsWokenForWhatAnotherThreadLeft() throws Exception {
        assertWokenForWhatAnotherThreadLeft((in, ended) -> BlockedThread.start(
                () -> {
                    try {
                        in.subscribe().block();
                        ended.complete(null);
                    } catch (InterruptedException e) {
                        ended.completeExceptionally(e);
                    }
                },
                false));
    }

    private void takeOne(IncomingDatagramStream in) {
        long start = System.nanoTime();
        try {
            while (in.receive(1).isEmpty()) {
                assertTrue(System.nanoTime() - start < patience().toNanos(), "nothing arrives");
            }
        } catch (SocketErrorException e) {
            throw new AssertionError(e);
        }
    }

    private static void sendUnchecked(Source source, List<String> texts) {
        try {
            source.send(texts);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    final void U4_whatIsLeftOfARunSurvivesAChangeOfPeer() throws Exception {
        for (Source source : sources()) {
            source.send(run(10));
            List<String> received = new ArrayList<>(texts(receive(streams.incoming(), 3)));
            streams = socket.stream(source.address());
            received.addAll(texts(receive(streams.incoming(), 3)));
            streams = socket.stream(null);
            received.addAll(texts(receive(streams.incoming(), 4)));
            assertEquals(run(10), received);
        }
    }

    @Test
    final void U4_whatIsLeftOfAnotherSourcesRunIsDropped() throws Exception {
        Peer peer = peer();
        for (Source other : sources()) {
            other.send(run(10));
            assertEquals(run(3), texts(receive(streams.incoming(), 3)));
            streams = socket.stream(peer.address());
            peer.send(local, "the peer's");
            assertEquals(List.of("the peer's"), texts(receive(streams.incoming(), 1)));
            assertEquals(List.of(), streams.incoming().receive(10));
            streams = socket.stream(null);
        }
    }
}
