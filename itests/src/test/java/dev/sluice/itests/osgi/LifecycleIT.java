// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;

/** V3: what happens to a consumer's sockets, waits and threads when a provider's bundle stops. */
@InFramework
class LifecycleIT extends OsgiTest {

    @Configuration
    static Option[] installed() {
        return new Option[] {Bundles.api(), Bundles.nio(), Bundles.epoll()};
    }

    @Test
    void V3_stoppingNioEndsWhatItMade() throws Exception {
        assertStoppingEndsWhatItMade("nio", bundle(NIO));
    }

    @Test
    void V3_stoppingEpollEndsWhatItMade() throws Exception {
        assertStoppingEndsWhatItMade("epoll", bundle(EPOLL));
    }

    private void assertStoppingEndsWhatItMade(String name, Bundle bundle) throws Exception {
        UdpSocketProvider provider = provider(name);
        UdpSocket unbound = provider.createSocket(IpAddressFamily.IPV6);
        UdpSocket idle = Exchange.bound(provider, IpAddressFamily.IPV4);
        UdpSocket used = Exchange.bound(provider, IpAddressFamily.IPV4);
        InetSocketAddress address = used.localAddress();
        DatagramStreams streams = used.stream(null);

        CompletableFuture<Void> wait = new CompletableFuture<>();
        waitForDatagram(streams, wait);
        // It may have been started by an earlier test.
        Set<Thread> providersThreads = new HashSet<>(Thread.getAllStackTraces().keySet());
        providersThreads.removeIf(thread -> !thread.getName().equals("sluice-" + name));
        assertFalse(providersThreads.isEmpty(), "a thread must wait for the socket");

        bundle.stop();
        try {
            wait.get(PATIENCE.toSeconds(), TimeUnit.SECONDS); // returned, and without an exception
            assertTrue(streams.incoming().subscribe().ready());
            assertTrue(streams.outgoing().subscribe().ready());
            assertInvalidState(() -> streams.incoming().receive(1));
            assertInvalidState(() -> streams.outgoing().checkSend());
            assertInvalidState(() -> used.stream(null));
            assertInvalidState(idle::localAddress);
            assertInvalidState(() -> unbound.bind(new InetSocketAddress(Exchange.loopback(IpAddressFamily.IPV6), 0)));
            assertInvalidState(() -> provider.createSocket(IpAddressFamily.IPV4));
            new DatagramSocket(address).close(); // its port is free
            for (Thread thread : providersThreads) {
                thread.join(PATIENCE.toMillis());
                assertFalse(thread.isAlive(), () -> thread + " lives on");
            }
            assertFalse(providers().containsKey(name));
        } finally {
            bundle.start();
        }
        assertNotSame(provider, provider(name));
        Exchange.between(provider(name), provider(name));
    }

    private static void waitForDatagram(DatagramStreams streams, CompletableFuture<Void> wait) throws Exception {
        CountDownLatch armed = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            try {
                streams.incoming().subscribe().onReady(() -> {}); // the provider's thread is there once this returns
                armed.countDown();
                streams.incoming().subscribe().block();
                wait.complete(null);
            } catch (Throwable thrown) {
                wait.completeExceptionally(thrown);
            }
        });
        waiting.start();
        assertTrue(armed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        while (waiting.getState() == Thread.State.RUNNABLE) { // it is about to wait
            Thread.onSpinWait();
        }
    }

    @Test
    void V3_stoppingOneLeavesTheOtherAlone() throws Exception {
        try (UdpSocket socket = Exchange.bound(provider("nio"), IpAddressFamily.IPV4)) {
            DatagramStreams streams = socket.stream(null);
            bundle(EPOLL).stop();
            try {
                assertTrue(streams.outgoing().checkSend() > 0);
                Exchange.between(provider("nio"), provider("nio"));
            } finally {
                bundle(EPOLL).start();
            }
            assertEquals(List.of(), streams.incoming().receive(1));
        }
    }

    @Test
    void V3_manyStopsAndStartsLeaveNoThreadBehind() throws Exception {
        for (int i = 0; i < 5; i++) {
            for (String name : List.of(NIO, EPOLL)) {
                String provider = name.equals(NIO) ? "nio" : "epoll";
                Exchange.between(provider(provider), provider(provider));
                bundle(name).stop();
                bundle(name).start();
            }
        }
        bundle(NIO).stop();
        bundle(EPOLL).stop();
        try {
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().contains("sluice")) {
                    thread.join(PATIENCE.toMillis());
                    assertFalse(thread.isAlive(), () -> thread + " lives on");
                }
            }
        } finally {
            bundle(NIO).start();
            bundle(EPOLL).start();
        }
    }
}
