// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.spi.DatagramTransport;
import java.lang.ref.Reference;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** U7: sockets that nothing holds any more are closed, and no others. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DroppedSocketTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 7001);

    private final List<ScriptedTransport> transports = new ArrayList<>();

    private final ScriptedProvider provider = new ScriptedProvider(() -> {
        ScriptedTransport transport = new ScriptedTransport();
        transports.add(transport);
        return transport;
    });

    @AfterEach
    void close() {
        provider.close();
    }

    private UdpSocket bound() throws Exception {
        UdpSocket socket = provider.createSocket(IpAddressFamily.IPV4);
        socket.bind(new InetSocketAddress("127.0.0.1", 0));
        return socket;
    }

    private DatagramStreams streams() throws Exception {
        return bound().stream(null);
    }

    private boolean isClosed(int index) {
        return transports.get(index).calls().contains("close");
    }

    private void awaitClosed(int index) {
        while (!isClosed(index)) {
            System.gc();
        }
    }

    /** Another one is dropped later, and closed: then the first would have been closed, too. */
    private void assertStaysOpen(int index) throws Exception {
        dropUnused();
        awaitClosed(transports.size() - 1);
        assertFalse(isClosed(index));
    }

    private void dropUnused() throws Exception {
        bound();
    }

    @Test
    void U7_aDroppedSocketIsClosedOnce() throws Exception {
        dropUnused();
        awaitClosed(0);
        provider.close();
        assertEquals(
                1, transports.get(0).calls().stream().filter("close"::equals).count());
    }

    @Test
    void U7_aDroppedSocketWithStreamsIsClosed() throws Exception {
        streams();
        awaitClosed(0);
    }

    @Test
    void U7_aSocketThatWasWaitedForIsClosed() throws Exception {
        waitAndCancel();
        assertTrue(transports.get(0).isArmed(DatagramTransport.READABLE), "it stays armed, for nothing");
        awaitClosed(0);
    }

    private void waitAndCancel() throws Exception {
        Pollable readable = streams().incoming().subscribe();
        Pollable.Registration first = readable.onReady(() -> {});
        Pollable.Registration second = readable.onReady(() -> {});
        first.cancel();
        second.cancel();
    }

    @Test
    void U7_aSocketWhoseActionHasRunIsClosed() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        streams().incoming().subscribe().onReady(calls::incrementAndGet);
        transports.get(0).arrive(new byte[0], PEER).fire(DatagramTransport.READABLE);
        assertEquals(1, calls.get());
        awaitClosed(0);
    }

    @Test
    void U7_anActionThatWaitsKeepsItsSocketOpen() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        streams().incoming().subscribe().onReady(calls::incrementAndGet);
        assertStaysOpen(0);
        transports.get(0).arrive(new byte[0], PEER).fire(DatagramTransport.READABLE);
        assertEquals(1, calls.get());
    }

    @Test
    void U7_oneOfTwoActionsKeepsItsSocketOpen() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        waitTwice(calls);
        assertStaysOpen(0);
        transports.get(0).arrive(new byte[0], PEER).fire(DatagramTransport.READABLE);
        assertEquals(1, calls.get());
    }

    private void waitTwice(AtomicInteger calls) throws Exception {
        Pollable readable = streams().incoming().subscribe();
        Pollable.Registration first = readable.onReady(() -> calls.addAndGet(10));
        readable.onReady(calls::incrementAndGet);
        first.cancel();
    }

    @Test
    void U7_whateverComesFromASocketKeepsItOpen() throws Exception {
        Object[] held = {
            bound(),
            streams(),
            streams().outgoing(),
            streams().incoming(),
            streams().outgoing().subscribe(),
            streams().incoming().subscribe(),
            cancelled(),
        };
        for (int i = 0; i < held.length; i++) {
            assertStaysOpen(i);
        }
        Reference.reachabilityFence(held);
    }

    private Pollable.Registration cancelled() throws Exception {
        Pollable.Registration registration = streams().incoming().subscribe().onReady(() -> {});
        registration.cancel();
        return registration;
    }

    @Test
    void U7_aSupersededStreamKeepsItsSocketOpen() throws Exception {
        DatagramStreams superseded = supersede();
        assertStaysOpen(0);
        Reference.reachabilityFence(superseded);
    }

    private DatagramStreams supersede() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams first = socket.stream(null);
        socket.stream(null);
        return first;
    }

    @Test
    void V3_theEndOfTheProviderClosesWhatWasDropped() throws Exception {
        for (int i = 0; i < 100; i++) {
            dropUnused();
        }
        System.gc();
        provider.close();
        for (int i = 0; i < 100; i++) {
            assertTrue(isClosed(i));
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            assertFalse(thread.getName().equals("sluice-dropped-sockets") && thread.isAlive());
        }
    }
}
