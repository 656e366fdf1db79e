// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.Errno;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Waiting on the calling thread, in a transport that can (P6): everything that ends a wait reaches it. */
class CallerWaitTest extends Scripted {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final UdpSocket socket = awaitingSocket();
    private final DatagramStreams streams = newStreams();

    private UdpSocket awaitingSocket() {
        try {
            transport.awaiting();
            return bound();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private DatagramStreams newStreams() {
        try {
            return socket.stream(PEER);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Thread waiting() {
        return waiting(streams.incoming().subscribe());
    }

    /** A thread that waits in the transport. */
    private Thread waiting(Pollable pollable) {
        int before = awaits();
        Thread thread = new Thread(() -> {
            try {
                pollable.block();
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        thread.start();
        while (awaits() == before || thread.getState() == Thread.State.RUNNABLE) {
            assertTrue(thread.isAlive(), "it did not wait");
            Thread.onSpinWait();
        }
        return thread;
    }

    private int awaits() {
        return (int) transport.calls().stream().filter("await"::equals).count();
    }

    private void assertReturns(Thread thread) throws InterruptedException {
        thread.join(LONG.toMillis());
        assertFalse(thread.isAlive(), "it still waits");
    }

    @Test
    void P6_nothingIsArmedForIt() throws Exception {
        Thread thread = waiting();
        assertFalse(transport.isArmed(DatagramTransport.READABLE));
        transport.arrive("x".getBytes(), PEER);
        transport.wakeup(DatagramTransport.READABLE); // the kernel's part
        assertReturns(thread);
        assertNull(failure.get());
        assertFalse(transport.calls().contains("arm"));
    }

    @Test
    void P6_aReportForNothingIsWaitedOver() throws Exception {
        Thread thread = waiting();
        int before = awaits();
        transport.wakeup(DatagramTransport.READABLE);
        while (awaits() == before) {
            assertTrue(thread.isAlive(), "it returned for nothing");
            Thread.onSpinWait();
        }
        thread.interrupt();
        assertReturns(thread);
    }

    @Test
    void P6_P1_anInterruptReachesIt() throws Exception {
        Thread thread = waiting();
        thread.interrupt();
        assertReturns(thread);
        assertEquals(InterruptedException.class, failure.get().getClass());
    }

    @Test
    void P6_U7_closeReachesIt() throws Exception {
        Thread reading = waiting();
        transport.onSend(taking(0)).writable(false);
        assertEquals(0, send(streams.outgoing(), datagrams(1)));
        Thread writing = waiting(streams.outgoing().subscribe());
        socket.close();
        assertReturns(reading);
        assertReturns(writing);
        assertNull(failure.get());
    }

    @Test
    void P6_U3_supersedingReachesIt() throws Exception {
        Thread thread = waiting();
        socket.stream(null);
        assertReturns(thread);
        assertNull(failure.get());
    }

    @Test
    void P6_P2_anErrorThatAnotherThreadMeetsReachesIt() throws Exception {
        Thread thread = waiting();
        transport.onSend(taking(1), failing(Errno.ECONNREFUSED));
        assertEquals(1, send(streams.outgoing(), datagrams(2)));
        assertReturns(thread);
        assertNull(failure.get());
    }

    @Test
    void P6_theTimeIsKept() throws Exception {
        long begin = System.nanoTime();
        assertFalse(streams.incoming().subscribe().block(Duration.ofMillis(50)));
        assertTrue(System.nanoTime() - begin >= Duration.ofMillis(50).toNanos());
        assertTrue(transport.calls().contains("timed out"));
        transport.arrive("x".getBytes(), PEER);
        assertTrue(streams.incoming().subscribe().block(Duration.ZERO));
    }

    /** Only one thread waits in the transport; the other is called by the waiting thread. */
    @Test
    void P6_aSecondThreadWaitsToo() throws Exception {
        Thread first = waiting();
        Thread second = new Thread(() -> {
            try {
                streams.incoming().subscribe().block();
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        second.start();
        while (!transport.isArmed(DatagramTransport.READABLE)) {
            Thread.onSpinWait();
        }
        transport.arrive("x".getBytes(), PEER);
        transport.wakeup(DatagramTransport.READABLE);
        assertTrue(transport.fire(DatagramTransport.READABLE));
        assertReturns(first);
        assertReturns(second);
        assertNull(failure.get());
    }

    @Test
    void P6_aTransportThatCanNotWaitUsesTheWaitingThread() throws Exception {
        ScriptedTransport other = new ScriptedTransport();
        assertFalse(other.await(DatagramTransport.READABLE, 1));
    }
}
