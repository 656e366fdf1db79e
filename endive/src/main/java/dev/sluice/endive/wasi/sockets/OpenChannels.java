// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The channels of the guest's TCP sockets, which are closed when it ends. */
final class OpenChannels implements AutoCloseable {
    final ChannelSelector selector = new ChannelSelector();
    final int bufferBytes;
    private final OpenSockets sockets;
    private final Set<SelectableChannel> channels = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    OpenChannels(OpenSockets sockets, int bufferBytes) {
        this.sockets = sockets;
        this.bufferBytes = bufferBytes;
    }

    boolean isFull() {
        return sockets.isFull();
    }

    /** Counts a socket, whose channel may be exchanged for another. */
    void add(SelectableChannel channel) throws SocketErrorException {
        if (isFull()) {
            close(channel);
            throw new SocketErrorException(
                    ErrorCode.NEW_SOCKET_LIMIT, "the guest has as many sockets as its limit allows");
        }
        sockets.streams.incrementAndGet();
        replace(channel);
    }

    void replace(SelectableChannel channel) {
        channels.add(channel);
        if (closed) { // by another thread, in the meantime
            close(channel);
        }
    }

    void remove(SelectableChannel channel) {
        sockets.streams.decrementAndGet();
        close(channel);
    }

    void close(SelectableChannel channel) {
        channels.remove(channel);
        try {
            channel.close();
        } catch (IOException e) {
            // nothing is left to do with it
        }
        selector.wakeup();
    }

    /** From any thread. */
    @Override
    public void close() {
        closed = true;
        channels.forEach(this::close);
        selector.close();
    }
}
