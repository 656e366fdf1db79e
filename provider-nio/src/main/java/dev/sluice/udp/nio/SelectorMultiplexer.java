// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import dev.sluice.udp.spi.EventLoop;
import dev.sluice.udp.spi.Multiplexer;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.StackSafeLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Waits by a {@link Selector}. */
final class SelectorMultiplexer implements Multiplexer {
    private static final Consumer<SelectionKey> NOTHING = key -> {};

    private final Selector selector;
    private final EventLoop.Context context;
    private final Consumer<SelectionKey> collecting = SelectorMultiplexer::collect;

    /** Held by a thread that closes a socket; the waiting thread passes it before it selects. */
    private final StackSafeLock turnstile = new StackSafeLock();

    private SelectorMultiplexer(Selector selector, EventLoop.Context context) {
        this.selector = selector;
        this.context = context;
    }

    static Multiplexer open(EventLoop.Context context) throws IOException {
        try {
            return new SelectorMultiplexer(Selector.open(), context);
        } catch (IOException e) {
            throw NioErrors.of(Operation.WAIT, e);
        }
    }

    /**
     * Registers a channel, which doesn't wait for a selection that runs (JDK 11 and later), and sets its interest. A
     * selection that runs takes notice only when it is woken.
     */
    void request(DatagramChannel channel, ChannelRegistration registration, int operations) throws IOException {
        SelectionKey key = channel.keyFor(selector);
        if (key == null) {
            channel.register(selector, operations, registration);
        } else {
            key.interestOps(operations);
        }
        if (!context.isLoopThread()) {
            selector.wakeup();
        }
    }

    @Override
    public void await(long nanos) throws IOException {
        turnstile.lock();
        turnstile.unlock();
        try {
            if (nanos <= 0) {
                selector.selectNow(collecting);
            } else {
                selector.select(collecting, Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
            }
        } catch (ClosedSelectorException e) {
            throw new IOException(e); // closed by something else than this class
        }
    }

    private static void collect(SelectionKey key) {
        try {
            ((ChannelRegistration) key.attachment()).occurred(ChannelRegistration.interest(key.readyOps()));
        } catch (CancelledKeyException closed) {
            // the channel is being closed, and its callbacks are not to be called any more
        }
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    /**
     * Lets go of a closed channel. A registered channel keeps its port until a selection takes notice of its being closed,
     * and {@code selectNow} would wait for a selection that blocks. So that one is woken, and kept by the turnstile from
     * beginning anew. The waiting thread itself may come here too, from a callback.
     */
    void release() {
        turnstile.lock();
        try {
            selector.wakeup();
            selector.selectNow(NOTHING); // what is ready now is found ready again by the next selection
            selector.wakeup(); // selectNow may have swallowed one that was meant for the thread
        } catch (ClosedSelectorException stopped) {
            // and has let go of everything
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            turnstile.unlock();
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
