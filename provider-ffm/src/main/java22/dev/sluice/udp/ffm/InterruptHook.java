// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.util.Set;

/**
 * Has an interrupt of a thread call something while the thread is in native code. Java's public way to that is
 * {@link AbstractSelector#begin}, after which {@link Thread#interrupt} calls the selector's {@code wakeup}; nothing else of
 * this is a selector.
 */
final class InterruptHook extends AbstractSelector {
    private final Runnable onInterrupt;

    InterruptHook(Runnable onInterrupt) {
        super(null);
        this.onInterrupt = onInterrupt;
    }

    /** From here on an interrupt of the calling thread runs it; at once, if the thread has been interrupted. */
    void set() {
        begin();
    }

    /** An interrupt doesn't run it any more, but for one that came before and is about to. */
    void unset() {
        end();
    }

    @Override
    public Selector wakeup() {
        onInterrupt.run();
        return this;
    }

    @Override
    protected void implCloseSelector() {}

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int operations, Object attachment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SelectionKey> keys() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int selectNow() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int select(long timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int select() {
        throw new UnsupportedOperationException();
    }
}
