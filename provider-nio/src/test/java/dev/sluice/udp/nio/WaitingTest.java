// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static dev.sluice.udp.nio.Loopback.LONG;
import static dev.sluice.udp.nio.Loopback.await;
import static dev.sluice.udp.nio.Loopback.datagram;
import static dev.sluice.udp.nio.Loopback.sendAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.spi.DatagramTransport;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The waiting thread. */
class WaitingTest {

    @Test
    @Tag("slow")
    void P3_tenThousandSocketsAreWaitedForByOneThread() throws Exception {
        int count = 10_000;
        try (Loopback loopback = new Loopback(IpAddressFamily.IPV4);
                UdpSocket sender = loopback.bound()) {
            CountDownLatch called = new CountDownLatch(count);
            List<Thread> callers = Collections.synchronizedList(new ArrayList<>());
            List<InetSocketAddress> addresses = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                UdpSocket socket = boundOrSkipped(loopback);
                addresses.add(socket.localAddress());
                socket.stream(null).incoming().subscribe().onReady(() -> {
                    callers.add(Thread.currentThread());
                    called.countDown();
                });
            }
            OutgoingDatagramStream out = sender.stream(null).outgoing();
            for (InetSocketAddress address : addresses) {
                sendAll(out, datagram("x", address));
            }
            assertTrue(called.await(LONG.toSeconds(), TimeUnit.SECONDS), called.getCount() + " weren't called");
            assertEquals(count, callers.size());
            assertEquals(1, callers.stream().distinct().count());
        }
    }

    /** Skips the test where the system allows too few descriptors. */
    private static UdpSocket boundOrSkipped(Loopback loopback) throws Exception {
        try {
            return loopback.bound();
        } catch (SocketErrorException e) {
            assumeFalse(e.errorCode() == ErrorCode.NEW_SOCKET_LIMIT && !ErrorsTest.isCi(), "ulimit -n is too low");
            throw e;
        }
    }

    @Test
    void P3_threadIsGoneAfterAnIdleTimeAndComesAgain() throws Exception {
        try (Loopback loopback = new Loopback(IpAddressFamily.IPV4, new NioProvider(Duration.ofMillis(50)))) {
            UdpSocket receiver = loopback.bound();
            DatagramStreams in = receiver.stream(null);
            OutgoingDatagramStream out =
                    loopback.streams(receiver.localAddress()).outgoing();
            Thread first = callerFor(in, out);
            first.join(LONG.toMillis());
            assertFalse(first.isAlive(), "still alive");
            Thread second = callerFor(in, out);
            assertNotSame(first, second);
            assertTrue(second.isDaemon());
            assertNull(second.getContextClassLoader(), "it would outlive whoever waited first");
            second.join(LONG.toMillis());
            assertFalse(second.isAlive(), "still alive");
        }
    }

    @Test
    void P3_threadStaysWhileSomethingIsArmed() throws Exception {
        try (Loopback loopback = new Loopback(IpAddressFamily.IPV4, new NioProvider(Duration.ofMillis(1)))) {
            UdpSocket receiver = loopback.bound();
            DatagramStreams in = receiver.stream(null);
            OutgoingDatagramStream out =
                    loopback.streams(receiver.localAddress()).outgoing();
            for (int i = 0; i < 500; i++) { // the thread is about to end again and again
                callerFor(in, out);
            }
        }
    }

    /** The thread that calls who waits for a datagram, which is then sent and received. */
    private static Thread callerFor(DatagramStreams in, OutgoingDatagramStream out) throws Exception {
        BlockingQueue<Thread> caller = new LinkedBlockingQueue<>();
        in.incoming().subscribe().onReady(() -> caller.add(Thread.currentThread()));
        sendAll(out, datagram("x"));
        Thread thread = caller.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        assertNotNull(thread, "called");
        assertEquals(1, in.incoming().receive(10).size());
        return thread;
    }

    @ParameterizedTest
    @EnumSource
    void U7_closeReleasesThePortWhileTheThreadWaits(IpAddressFamily family) throws Exception {
        try (Loopback loopback = new Loopback(family);
                UdpSocket other = loopback.bound()) {
            other.stream(null).incoming().subscribe().onReady(() -> {}); // keeps the thread in its selection
            InetSocketAddress address = loopback.closedPort();
            for (int i = 0; i < 300; i++) {
                UdpSocket socket = loopback.provider.createSocket(family);
                socket.bind(address); // fails if the one before isn't released
                CountDownLatch woken = new CountDownLatch(1);
                Pollable pollable = socket.stream(null).incoming().subscribe();
                assertFalse(pollable.ready());
                pollable.onReady(woken::countDown);
                socket.close();
                assertTrue(woken.await(LONG.toSeconds(), TimeUnit.SECONDS));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void U7_closeOnTheWaitingThreadReleasesThePort(IpAddressFamily family) throws Exception {
        try (Loopback loopback = new Loopback(family)) {
            UdpSocket socket = loopback.bound();
            InetSocketAddress address = socket.localAddress();
            BlockingQueue<Object> result = new LinkedBlockingQueue<>();
            socket.stream(null).incoming().subscribe().onReady(() -> {
                socket.close();
                try (DatagramChannel channel = DatagramChannel.open()) {
                    channel.bind(address);
                    result.add(Thread.currentThread());
                } catch (Exception e) {
                    result.add(e);
                }
            });
            sendAll(loopback.streams(address).outgoing(), datagram("x"));
            Object caller = result.poll(LONG.toSeconds(), TimeUnit.SECONDS);
            assertTrue(caller instanceof Thread thread && thread.getName().equals("sluice-nio"), "" + caller);
        }
    }

    @ParameterizedTest
    @EnumSource
    void P2_aPendingErrorIsReadyForBothDirections(IpAddressFamily family) throws Exception {
        try (Loopback loopback = new Loopback(family)) {
            DatagramTransport transport = loopback.provider.open(family);
            transport.bind(loopback.address(0));
            transport.connect(loopback.closedPort());
            int both = DatagramTransport.READABLE | DatagramTransport.WRITABLE;
            assertEquals(DatagramTransport.WRITABLE, transport.readiness(both));
            CountDownLatch readable = new CountDownLatch(1);
            transport.arm(DatagramTransport.READABLE, readable::countDown);
            DatagramBatch batch = new DatagramBatch(1, 10);
            batch.commit(null, 5);
            assertEquals(1, transport.send(batch, 0, 1));
            assertTrue(readable.await(LONG.toSeconds(), TimeUnit.SECONDS));
            assertEquals(both, transport.readiness(both));
            transport.close();
            transport.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void P3_aCallbackIsCalledOnceAndTheLaterOneWins(IpAddressFamily family) throws Exception {
        try (Loopback loopback = new Loopback(family)) {
            UdpSocket sender = loopback.bound();
            DatagramTransport transport = loopback.provider.open(family);
            InetSocketAddress local = transport.bind(loopback.address(0));
            BlockingQueue<String> calls = new LinkedBlockingQueue<>();
            transport.arm(DatagramTransport.READABLE, () -> calls.add("first"));
            transport.arm(DatagramTransport.READABLE, () -> calls.add("second"));
            transport.arm(DatagramTransport.WRITABLE, () -> calls.add("writable"));
            assertEquals("writable", calls.poll(LONG.toSeconds(), TimeUnit.SECONDS));
            sendAll(sender.stream(local).outgoing(), datagram("x"));
            assertEquals("second", calls.poll(LONG.toSeconds(), TimeUnit.SECONDS));
            transport.arm(DatagramTransport.READABLE, () -> calls.add("still there"));
            assertEquals("still there", calls.poll(LONG.toSeconds(), TimeUnit.SECONDS));
            assertTrue(calls.isEmpty());
            transport.close();
        }
    }

    @Test
    void V3_closingTheProviderEndsItsThread() throws Exception {
        Loopback loopback = new Loopback(IpAddressFamily.IPV4);
        UdpSocket receiver = loopback.bound();
        DatagramStreams in = receiver.stream(null);
        OutgoingDatagramStream out = loopback.streams(receiver.localAddress()).outgoing();
        Thread thread = callerFor(in, out);
        in.incoming().subscribe().onReady(() -> {});
        assertTrue(thread.isAlive());
        loopback.close();
        thread.join(LONG.toMillis());
        assertFalse(thread.isAlive(), "still alive");
        assertSame(Thread.State.TERMINATED, thread.getState());
    }

    @ParameterizedTest
    @EnumSource
    void U8_anInterruptedThreadClosesNothing(IpAddressFamily family) throws Exception {
        try (Loopback loopback = new Loopback(family)) {
            UdpSocket receiver = loopback.bound();
            Thread.currentThread().interrupt();
            DatagramStreams in = receiver.stream(null);
            OutgoingDatagramStream out =
                    loopback.streams(receiver.localAddress()).outgoing();
            sendAll(out, datagram("x"), datagram(""), datagram("y"));
            assertTrue(in.incoming().subscribe().ready());
            List<?> received = in.incoming().receive(10);
            receiver.stream(loopback.closedPort());
            InetSocketAddress address = receiver.localAddress();
            receiver.close();
            assertTrue(Thread.interrupted());
            assertEquals(3, received.size());
            try (DatagramChannel channel = DatagramChannel.open()) {
                channel.bind(new InetSocketAddress(loopback.address(0).getAddress(), address.getPort()));
            }
            await(out.subscribe());
        }
    }
}
