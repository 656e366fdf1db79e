// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.tck.ProviderUnderTest;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;

/** The other end, which is not ours: a socket of the JDK's on loopback. */
final class Peer implements AutoCloseable {
    /** A safety net only: nothing here takes a second. */
    static final Duration LONG = ProviderUnderTest.USUAL_PATIENCE;

    private final DatagramSocket socket;
    private final byte[] memory = new byte[70_000];

    Peer(IpAddressFamily family) throws IOException {
        socket = new DatagramSocket(loopback(family, 0));
        socket.setReceiveBufferSize(1 << 22);
        socket.setSoTimeout((int) LONG.toMillis());
    }

    /**
     * A port at which nobody listens, and which nobody else is given either as long as this is open: it is bound, but
     * hears itself only, and the kernel refuses what others send as if it weren't there.
     */
    static Peer deaf(IpAddressFamily family) throws IOException {
        Peer peer = new Peer(family);
        peer.socket.connect(peer.address());
        return peer;
    }

    static InetSocketAddress loopback(IpAddressFamily family, int port) throws IOException {
        String host = family == IpAddressFamily.IPV4 ? "127.0.0.1" : "::1";
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    byte[] receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(memory, memory.length);
        socket.receive(packet);
        return Arrays.copyOf(memory, packet.getLength());
    }

    void send(InetSocketAddress to, byte... payload) throws IOException {
        socket.send(new DatagramPacket(payload, payload.length, to));
    }

    @Override
    public void close() {
        socket.close();
    }
}
