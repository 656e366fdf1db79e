// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;

/**
 * What listens. It accepts one connection ahead, because only that tells whether one waits that is allowed; that one counts
 * against the guest's limit of sockets when the guest accepts it.
 */
final class TcpListener {
    final ServerSocketChannel channel;
    final InheritedOptions options;
    private final IpAddressFamily family;
    private final Network network;
    private final OpenChannels open;

    // Guarded by this.
    private SocketChannel accepted;
    private IOException failure;

    private TcpListener(
            ServerSocketChannel channel,
            InheritedOptions options,
            IpAddressFamily family,
            Network network,
            OpenChannels open) {
        this.channel = channel;
        this.options = options;
        this.family = family;
        this.network = network;
        this.open = open;
    }

    /**
     * Listens where a channel is bound. Java has one channel to connect with and another to listen with. The second is bound
     * beside the first, which SO_REUSEADDR allows while neither listens, so that the port is never free in between.
     */
    static TcpListener beside(
            SocketChannel bound,
            Map<SocketOption<?>, Object> requested,
            IpAddressFamily family,
            int backlog,
            Network network,
            OpenChannels open)
            throws SocketErrorException {
        ServerSocketChannel server = null;
        InheritedOptions options;
        try {
            options = new InheritedOptions(bound, requested);
            server = ServerSocketChannel.open(TcpAddresses.protocol(family));
            server.configureBlocking(false);
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            options.apply(server);
            server.bind(bound.getLocalAddress(), backlog);
        } catch (IOException e) {
            if (server != null) {
                open.close(server);
            }
            throw TcpErrors.of(e);
        }
        open.replace(server);
        open.close(bound);
        return new TcpListener(server, options, family, network, open);
    }

    /** Whether {@link #accept} has something: a connection, or an error. Closes those that the network refuses. */
    synchronized boolean hasAccepted() {
        try {
            while (accepted == null && failure == null) {
                SocketChannel next = channel.accept();
                if (next == null) {
                    return false;
                }
                InetSocketAddress remote = (InetSocketAddress) next.getRemoteAddress();
                if (TcpAddresses.isOf(family, remote) && network.mayAcceptFrom(remote)) {
                    next.configureBlocking(false);
                    options.apply(next);
                    accepted = next;
                    open.replace(next);
                } else {
                    next.close();
                }
            }
        } catch (IOException e) {
            failure = e;
        }
        return true;
    }

    /** The connection that waits; null if none does. */
    synchronized SocketChannel accept() throws SocketErrorException {
        if (!hasAccepted()) {
            return null;
        }
        IOException thrown = failure;
        SocketChannel connection = accepted;
        failure = null;
        accepted = null;
        if (thrown != null) {
            throw TcpErrors.of(thrown);
        }
        return connection;
    }

    /** Closes the connection that waits; false if none does. */
    synchronized boolean refuse() {
        boolean waits = hasAccepted() && accepted != null;
        drop();
        return waits;
    }

    /** Closes the connection that the guest has not accepted. */
    synchronized void drop() {
        if (accepted != null) {
            open.close(accepted);
            accepted = null;
        }
    }
}
