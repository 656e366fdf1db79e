// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a web application might do, loaded by a class loader of its own. It closes nothing but by its end. */
public final class WebApplication {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<UdpSocket> sockets = new ArrayList<>();

    /** Its start: each provider sends to itself, and something waits on the provider's thread. */
    public void contextInitialized() throws Exception {
        for (UdpSocketProvider provider : UdpSockets.providers()) {
            if (provider instanceof AutoCloseable) {
                throw new IllegalStateException(provider.name() + " can be closed by any of its users");
            }
            for (IpAddressFamily family : IpAddressFamily.values()) {
                exchange(bound(provider, family), bound(provider, family));
            }
        }
    }

    private UdpSocket bound(UdpSocketProvider provider, IpAddressFamily family) throws Exception {
        UdpSocket socket = provider.createSocket(family);
        sockets.add(socket);
        String loopback = family == IpAddressFamily.IPV4 ? "127.0.0.1" : "::1";
        socket.bind(new InetSocketAddress(InetAddress.getByName(loopback), 0));
        return socket;
    }

    private static void exchange(UdpSocket from, UdpSocket to) throws Exception {
        IncomingDatagramStream in = to.stream(null).incoming();
        CountDownLatch arrived = new CountDownLatch(1);
        in.subscribe().onReady(arrived::countDown);
        OutgoingDatagramStream out = from.stream(to.localAddress()).outgoing();
        if (!out.trySend(new OutgoingDatagram(ByteBuffer.allocate(1)))) {
            throw new IllegalStateException("a fresh socket takes a datagram");
        }
        if (!arrived.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                || in.receive(2).size() != 1) {
            throw new IllegalStateException("it did not arrive");
        }
        in.subscribe().onReady(() -> {}).cancel(); // its socket stays armed
        in.subscribe().block(Duration.ofMillis(1));
    }

    /** The names of its providers. */
    public String providers() {
        return UdpSockets.providers().stream().map(UdpSocketProvider::name).toList() + "";
    }

    /** Whether its sockets are open. */
    public boolean isOpen() {
        return sockets.stream().noneMatch(socket -> socket.toString().contains("closed"));
    }

    /** Its end. */
    public void contextDestroyed() {
        UdpSockets.shutdown();
    }
}
