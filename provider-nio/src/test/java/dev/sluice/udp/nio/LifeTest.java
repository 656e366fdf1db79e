// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.UdpSocket;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ends of sockets and of providers: their descriptors, and the waiting thread. */
@EnabledOnOs(OS.LINUX) // where descriptors can be counted
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LifeTest {
    private static final int MANY = 1000;

    private static UdpSocket bound(NioProvider provider, IpAddressFamily family) throws Exception {
        UdpSocket socket = provider.createSocket(family);
        String loopback = family == IpAddressFamily.IPV4 ? "127.0.0.1" : "::1";
        socket.bind(new InetSocketAddress(InetAddress.getByName(loopback), 0));
        return socket;
    }

    private static int openDescriptors() {
        return new File("/proc/self/fd").list().length;
    }

    /** More than a process may have open, if none was closed. */
    @ParameterizedTest
    @EnumSource(IpAddressFamily.class)
    void U7_droppedSocketsGiveTheirDescriptorsBack(IpAddressFamily family) throws Exception {
        try (NioProvider provider = new NioProvider()) {
            useAndDrop(provider, family); // the thread that waits has some of its own
            int before = openDescriptors();
            for (int i = 0; i < MANY; i++) {
                useAndDrop(provider, family);
                if (i % 100 == 0) {
                    System.gc();
                }
            }
            while (openDescriptors() > before) {
                System.gc();
            }
        }
    }

    /** It stays armed: a wait that is over is not taken back from the system. */
    private static void useAndDrop(NioProvider provider, IpAddressFamily family) throws Exception {
        Pollable readable = bound(provider, family).stream(null).incoming().subscribe();
        assertFalse(readable.ready());
        readable.onReady(() -> {}).cancel();
    }

    @Test
    void V3_aProviderWithoutSocketsHoldsNoDescriptor() throws Exception {
        new NioProvider()
                .createSocket(IpAddressFamily.IPV4)
                .close(); // the JDK and its libraries keep some for themselves
        int before = openDescriptors();
        NioProvider provider = new NioProvider();
        try (UdpSocket socket = bound(provider, IpAddressFamily.IPV4)) {
            assertTrue(socket.stream(null).outgoing().subscribe().ready());
        }
        assertEquals(before, openDescriptors());
    }

    /** A wake-up that is lost would leave the thread waiting, and the stop would give up at some time. */
    @Test
    void V3_aThousandStopsEndTheThreadEachTime() throws Exception {
        for (int i = 0; i < MANY; i++) {
            Set<Thread> before = waitingThreads();
            NioProvider provider = new NioProvider();
            bound(provider, IpAddressFamily.IPV4).stream(null)
                    .incoming()
                    .subscribe()
                    .onReady(() -> {});
            Set<Thread> started = waitingThreads();
            started.removeAll(before);
            assertEquals(1, started.size());
            provider.close(); // while it is about to wait
            assertFalse(started.iterator().next().isAlive());
        }
    }

    private static Set<Thread> waitingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("sluice-nio"))
                .collect(Collectors.toSet());
    }
}
