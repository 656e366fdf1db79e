// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.channel;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;

/** Makes sockets on {@link DatagramChannel}s, and closes them when it is closed (V3). */
public final class ChannelProvider implements UdpSocketProvider, AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    /** Weak, as everything that leads from here to a socket: one that is dropped is collected, and closed (U7). */
    private final Set<ChannelSocket> sockets =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final SelectorLoop loop = new SelectorLoop();
    private volatile boolean closed;

    @Override
    public String name() {
        return "channel";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Optional<String> unavailability() {
        return closed ? Optional.of("it was stopped") : Optional.empty();
    }

    @Override
    public Set<ProviderCapability> capabilities() {
        return Set.of();
    }

    @Override
    public UdpSocket createSocket(IpAddressFamily family) throws SocketErrorException {
        Objects.requireNonNull(family, "family");
        ensureOpen();
        DatagramChannel channel = open(family);
        ChannelSocket socket = new ChannelSocket(channel, family, loop, sockets::remove);
        sockets.add(socket);
        CLEANER.register(socket, () -> closeDropped(channel, loop));
        if (closed) { // and close() may have missed it
            socket.close();
        }
        ensureOpen();
        return socket;
    }

    private void ensureOpen() throws SocketErrorException {
        if (closed) {
            throw new SocketErrorException(ErrorCode.INVALID_STATE, "the provider was stopped");
        }
    }

    static ProtocolFamily protocol(IpAddressFamily family) {
        return family == IpAddressFamily.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }

    private static DatagramChannel open(IpAddressFamily family) throws SocketErrorException {
        try {
            DatagramChannel channel = DatagramChannel.open(protocol(family));
            channel.configureBlocking(false);
            return channel;
        } catch (UnsupportedOperationException e) {
            throw new SocketErrorException(ErrorCode.NOT_SUPPORTED, "this host has no " + family);
        } catch (IOException e) {
            throw ChannelErrors.withTrace(e);
        }
    }

    private static void closeDropped(DatagramChannel channel, SelectorLoop loop) {
        try {
            channel.close();
        } catch (IOException e) {
            // close(2) gives the descriptor back whatever it says
        } finally {
            loop.release(channel);
        }
    }

    @Override
    public void close() {
        closed = true;
        List<ChannelSocket> open;
        synchronized (sockets) {
            open = List.copyOf(sockets);
        }
        open.forEach(ChannelSocket::close);
        loop.close();
    }
}
