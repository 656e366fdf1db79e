// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.async.AsyncUdpSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates the guest's sockets, up to its limit, and closes those that are open when the guest ends. */
final class OpenSockets implements AutoCloseable {
    private final UdpSocketProvider provider;
    private final int limit;
    private final Map<Object, Runnable> sockets = new ConcurrentHashMap<>();

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
        ensureNotFull();
        UdpSocket socket = provider.createSocket(family);
        add(socket, socket::close);
        return socket;
    }

    /** A socket of 0.3, which works on an executor. */
    AsyncUdpSocket createAsync(IpAddressFamily family, Network network, Executor executor) throws SocketErrorException {
        ensureNotFull();
        AsyncUdpSocket socket = AsyncUdpSocket.create(provider, family, network, executor);
        add(socket, socket::close);
        return socket;
    }

    private void ensureNotFull() throws SocketErrorException {
        if (isFull()) {
            throw new SocketErrorException(
                    ErrorCode.NEW_SOCKET_LIMIT, "the guest has " + limit + " sockets, which is its limit");
        }
    }

    private void add(Object socket, Runnable closing) {
        sockets.put(socket, closing);
        if (closed) { // by another thread, in the meantime
            close(socket);
        }
    }

    void close(Object socket) {
        sockets.getOrDefault(socket, () -> {}).run();
        sockets.remove(socket);
    }

    /** From any thread. */
    @Override
    public void close() {
        closed = true;
        sockets.keySet().forEach(this::close);
    }
}
