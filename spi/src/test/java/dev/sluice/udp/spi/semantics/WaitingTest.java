// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Many wait on one transport, which is armed once for all of them (P2, P3). */
class WaitingTest extends Scripted {

    private long arms() {
        return transport.calls().stream().filter("arm"::equals).count();
    }

    @Test
    void P3_howeverManyWaitTheTransportIsArmedOnce() throws Exception {
        Pollable readable = streams(null).incoming().subscribe();
        AtomicInteger calls = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            readable.onReady(calls::incrementAndGet);
        }
        assertEquals(1, arms());
        transport.arrive(new byte[0], PEER).fire(DatagramTransport.READABLE);
        assertEquals(100, calls.get());
        assertFalse(transport.isArmed(DatagramTransport.READABLE));
    }

    @Test
    void P3_theSameActionTwiceIsTwoRegistrations() throws Exception {
        Pollable readable = streams(null).incoming().subscribe();
        AtomicInteger calls = new AtomicInteger();
        Runnable action = calls::incrementAndGet;
        Pollable.Registration first = readable.onReady(action);
        readable.onReady(action);
        first.cancel();
        first.cancel();
        transport.fire(DatagramTransport.READABLE);
        assertEquals(1, calls.get());
        first.cancel();
    }

    @Test
    void P3_aCancelledWaitLeavesTheTransportArmedForTheNext() throws Exception {
        Pollable readable = streams(null).incoming().subscribe();
        AtomicInteger calls = new AtomicInteger();
        readable.onReady(calls::incrementAndGet).cancel();
        readable.onReady(calls::incrementAndGet).cancel();
        assertEquals(1, arms());
        transport.arrive(new byte[0], PEER).fire(DatagramTransport.READABLE);
        assertEquals(0, calls.get());
        assertFalse(transport.isArmed(DatagramTransport.READABLE), "nothing waits");
    }

    @Test
    void P3_anActionMayRegisterAgain() throws Exception {
        Pollable readable = streams(null).incoming().subscribe();
        AtomicInteger calls = new AtomicInteger();
        readable.onReady(() -> {
            calls.incrementAndGet();
            readable.onReady(calls::incrementAndGet);
        });
        transport.fire(DatagramTransport.READABLE);
        assertEquals(1, calls.get());
        transport.fire(DatagramTransport.READABLE);
        assertEquals(2, calls.get());
    }

    @Test
    void P3_anActionThatThrowsLeavesTheOthersAlone() throws Exception {
        Pollable readable = streams(null).incoming().subscribe();
        AtomicInteger calls = new AtomicInteger();
        IllegalStateException failure = new IllegalStateException("an action's own");
        readable.onReady(calls::incrementAndGet);
        readable.onReady(() -> {
            throw failure;
        });
        readable.onReady(calls::incrementAndGet);
        AtomicReference<Throwable> uncaught = new AtomicReference<>();
        Thread waitingThread = new Thread(() -> transport.fire(DatagramTransport.READABLE));
        waitingThread.setUncaughtExceptionHandler((thread, thrown) -> uncaught.set(thrown));
        waitingThread.start();
        waitingThread.join();
        assertEquals(2, calls.get());
        assertEquals(failure, uncaught.get());
    }

    @Test
    void P3_nullIsNoAction() throws Exception {
        DatagramStreams streams = streams(null);
        assertThrows(
                NullPointerException.class, () -> streams.incoming().subscribe().onReady(null));
        assertThrows(
                NullPointerException.class, () -> streams.outgoing().subscribe().onReady(null));
    }

    @Test
    void U7_U8_anActionMayCloseTheSocket() throws Exception {
        UdpSocket socket = bound();
        Pollable readable = socket.stream(null).incoming().subscribe();
        AtomicInteger calls = new AtomicInteger();
        readable.onReady(socket::close);
        readable.onReady(calls::incrementAndGet);
        transport.fire(DatagramTransport.READABLE);
        assertEquals(1, calls.get());
        assertTrue(readable.ready());
    }

    /** An error is kept on another thread while a second waiter finds nothing ready. */
    @Test
    void P2_P3_noWakeUpIsLostBetweenAskingAndWaiting() throws Exception {
        DatagramStreams streams = streams(PEER);
        transport.writable(false).onSend(taking(0));
        assertEquals(0, send(streams.outgoing(), datagrams(1)));
        Pollable writable = streams.outgoing().subscribe();
        AtomicInteger calls = new AtomicInteger();
        writable.onReady(calls::incrementAndGet);
        assertEquals(1, arms());
        transport.onReadiness(
                () -> { // the second one asks; meanwhile a receive meets an error
                    transport.arrive(new byte[0], PEER).arrive(error(Errno.ECONNREFUSED));
                    Thread receiving = new Thread(() -> {
                        try {
                            streams.incoming().receive(5);
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    });
                    receiving.start();
                    try {
                        receiving.join();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return 0;
                });
        writable.onReady(calls::incrementAndGet);
        assertTrue(writable.ready());
        assertEquals(2, calls.get());
    }

    @Test
    void P3_tenThousandPollablesInOneWait() throws Exception {
        List<Pollable> all = new ArrayList<>();
        Pollable readable = streams(null).incoming().subscribe();
        for (int i = 0; i < 10_000; i++) {
            all.add(readable);
        }
        AtomicReference<int[]> answer = new AtomicReference<>();
        Thread waiter = new Thread(() -> {
            try {
                answer.set(Pollable.poll(all));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        waiter.start();
        while (waiter.getState() != Thread.State.TIMED_WAITING) { // for all of them, and not just the first
            Thread.yield();
        }
        transport.arrive(new byte[0], PEER).fire(DatagramTransport.READABLE);
        waiter.join();
        assertEquals(10_000, answer.get().length);
        assertEquals(1, arms());
    }
}
