package com.example.recipes;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;

/** Sends to a name, and follows it to another address: from a new socket, which has a port of its own. */
final class FollowingSender implements AutoCloseable {
    /** How a name is looked up: {@code InetAddress::getByName}. It blocks, so a program does it on a thread of its own. */
    @FunctionalInterface
    interface Resolver {
        InetAddress resolve(String name) throws IOException;
    }

    private final UdpSocketProvider provider;
    private final Resolver resolver;
    private final String name;
    private final int port;
    private final long interval;
    private InetAddress address;
    private long resolved;
    private UdpSocket socket;
    private OutgoingDatagramStream out;
    private DatagramChannel channel;

    FollowingSender(UdpSocketProvider provider, Resolver resolver, String name, int port, Duration interval) {
        this.provider = provider;
        this.resolver = resolver;
        this.name = name;
        this.port = port;
        this.interval = interval.toNanos();
    }

    // region sluice
    boolean send(ByteBuffer payload) throws IOException {
        if (hasMoved() || socket == null) {
            UdpSocket next = provider.open(FireAndForget.anyAddressLike(new InetSocketAddress(address, port)));
            out = next.stream(new InetSocketAddress(address, port)).outgoing();
            if (socket != null) {
                socket.close();
            }
            socket = next;
        }
        return out.trySend(new OutgoingDatagram(payload));
    }

    /** Looks the name up again after a while; what can't be looked up stays where it was. */
    private boolean hasMoved() throws IOException {
        long now = System.nanoTime();
        if (address != null && now - resolved < interval) {
            return false;
        }
        resolved = now;
        InetAddress before = address;
        try {
            address = resolver.resolve(name);
        } catch (IOException e) {
            if (before == null) {
                throw e;
            }
        }
        return !address.equals(before);
    }
    // endregion

    // region channel
    boolean sendThroughChannel(ByteBuffer payload) throws IOException {
        if (hasMoved() || channel == null) {
            DatagramChannel next = DatagramChannel.open();
            next.configureBlocking(false);
            next.connect(new InetSocketAddress(address, port));
            if (channel != null) {
                channel.close();
            }
            channel = next;
        }
        return channel.write(payload) > 0;
    }
    // endregion

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
        if (channel != null) {
            channel.close();
        }
    }
}
