// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.wasi.io.ByteSource;
import dev.sluice.endive.wasi.io.StreamException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** What a connection receives. It reads ahead what one buffer takes, because only reading tells whether there is some. */
final class TcpSource implements ByteSource {
    private final SocketChannel channel;
    private final ChannelSelector selector;
    private final ByteBuffer ahead; // guarded by this; from 0 to its position
    private boolean ended;
    private IOException failure;

    TcpSource(SocketChannel channel, ChannelSelector selector, int capacity) {
        this.channel = channel;
        this.selector = selector;
        this.ahead = ByteBuffer.allocate(capacity);
    }

    @Override
    public synchronized byte[] read(long max) throws StreamException {
        if (!ready()) {
            return new byte[0];
        }
        int size = ahead.position();
        if (size == 0) {
            IOException thrown = failure;
            failure = null;
            throw thrown == null ? StreamException.closed() : StreamException.failed(thrown);
        }
        int count = Long.compareUnsigned(max, size) < 0 ? (int) max : size;
        byte[] bytes = Arrays.copyOf(ahead.array(), count);
        ahead.flip().position(count);
        ahead.compact();
        return bytes;
    }

    @Override
    public synchronized boolean ready() {
        if (ahead.position() == 0 && !ended) {
            try {
                ended = channel.read(ahead) < 0;
            } catch (IOException e) {
                ended = true;
                failure = e;
            }
        }
        return ahead.position() > 0 || ended;
    }

    @Override
    public Registration onReady(Runnable action) {
        if (ready()) {
            action.run();
            return () -> {};
        }
        return selector.watch(channel, SelectionKey.OP_READ, action);
    }

    /** For shutdown: what has arrived is forgotten, and the stream ends. */
    synchronized void end() {
        ahead.clear();
        ended = true;
        try {
            channel.shutdownInput();
        } catch (IOException e) {
            failure = null; // closed or reset already: ended as it should be
        }
    }

    @Override
    public void drop() {
        end();
    }
}
