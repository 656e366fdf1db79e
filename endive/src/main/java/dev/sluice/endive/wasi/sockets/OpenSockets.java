// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates the guest's sockets, up to its limit, and closes those that are open when the guest ends. */
final class OpenSockets implements AutoCloseable {
    private final UdpSocketProvider provider;
    private final int limit;
    private final Set<UdpSocket> sockets = ConcurrentHashMap.newKeySet();

    /** How many TCP sockets there are. */
    final AtomicInteger streams = new AtomicInteger();

    private volatile boolean closed;

    OpenSockets(UdpSocketProvider provider, int limit) {
        this.provider = provider;
        this.limit = limit;
    }

    /** Whether the guest has as many sockets as it may, of UDP and TCP together. */
    boolean isFull() {
        return sockets.size() + streams.get() >= limit;
    }

    UdpSocket create(IpAddressFamily family) throws SocketErrorException {
        if (isFull()) {
            throw new SocketErrorException(
                    ErrorCode.NEW_SOCKET_LIMIT, "the guest has " + limit + " sockets, which is its limit");
        }
        UdpSocket socket = provider.createSocket(family);
        sockets.add(socket);
        if (closed) { // by another thread, in the meantime
            close(socket);
        }
        return socket;
    }

    void close(UdpSocket socket) {
        socket.close();
        sockets.remove(socket);
    }

    /** From any thread. */
    @Override
    public void close() {
        closed = true;
        sockets.forEach(this::close);
    }
}
