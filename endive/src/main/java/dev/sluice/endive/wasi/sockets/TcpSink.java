// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.wasi.io.ByteSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/** What a connection sends. What the system does not take at once is kept, and no more is permitted until it is sent. */
final class TcpSink implements ByteSink {
    private final SocketChannel channel;
    private final ChannelSelector selector;
    private final int capacity;
    private ByteBuffer pending = ByteBuffer.allocate(0); // guarded by this
    private boolean ending;
    private boolean ended;
    private IOException failure;

    TcpSink(SocketChannel channel, ChannelSelector selector, int capacity) {
        this.channel = channel;
        this.selector = selector;
        this.capacity = capacity;
    }

    @Override
    public synchronized long permit() throws IOException {
        advance();
        if (failure != null) {
            throw failure;
        }
        if (ending) {
            throw new ClosedChannelException();
        }
        return pending.hasRemaining() ? 0 : capacity;
    }

    @Override
    public synchronized void write(byte[] bytes) throws IOException {
        permit();
        pending = ByteBuffer.wrap(bytes);
        advance();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void flush() throws IOException {
        permit();
    }

    /** Sends what it can of what is kept, then ends the stream if it shall end. */
    private void advance() {
        try {
            if (failure == null && pending.hasRemaining()) {
                channel.write(pending);
            }
            if (ending && !ended && !pending.hasRemaining()) {
                ended = true;
                channel.shutdownOutput();
            }
        } catch (IOException e) {
            failure = e;
            ended = true;
        }
    }

    @Override
    public synchronized boolean ready() {
        advance();
        return failure != null || ending || !pending.hasRemaining();
    }

    @Override
    public Registration onReady(Runnable action) {
        if (ready()) {
            action.run();
            return () -> {};
        }
        return selector.watch(channel, SelectionKey.OP_WRITE, action);
    }

    /** Takes no more bytes; the connection ends in this direction when those that are kept are sent. */
    synchronized void end() {
        ending = true;
        whenEnded(() -> {});
    }

    /** Runs the action once the stream has ended. It may be run on the selector's thread. */
    synchronized void whenEnded(Runnable action) {
        advance();
        if (ended || !channel.isOpen()) {
            action.run();
        } else {
            selector.watch(channel, SelectionKey.OP_WRITE, () -> whenEnded(action));
        }
    }

    @Override
    public void drop() {
        end();
    }

    @Override
    public void end(Consumer<IOException> done) {
        end();
        whenEnded(() -> done.accept(failure()));
    }

    private synchronized IOException failure() {
        return failure;
    }
}
