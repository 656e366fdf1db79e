// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/**
 * Asks what a channel is ready for, without waiting: through a selector of its own, since that of the waiting thread is
 * nearly always blocked in a selection. A channel stays registered with it, without an interest, because registering
 * and cancelling each time costs more than the question.
 *
 * <p>The selector is there while a socket is, so that a provider without sockets, which may just have been dropped, holds no
 * descriptor.
 *
 * <p>Not final, so that a test can answer for channels that no selector takes.
 */
class ReadinessProbe {
    // Guarded by this.
    private Selector selector;
    private int sockets;

    /** Guarded by this; fields, because a lambda that captures allocates. */
    private SelectionKey asked;

    private int answer;
    private final Consumer<SelectionKey> answering = this::selected;

    /** A socket is being opened: opens the selector if it is the first. */
    synchronized void acquire() throws IOException {
        if (sockets == 0) {
            selector = Selector.open();
        }
        sockets++;
    }

    /** Those of the interests that a channel is ready for; all of them if an error is pending. */
    synchronized int ask(DatagramChannel channel, int interest) throws IOException {
        try {
            SelectionKey key = channel.keyFor(selector);
            asked = key != null ? key : channel.register(selector, 0);
            asked.interestOps(ChannelRegistration.operations(interest));
            answer = 0;
            selector.selectNow(answering);
            asked.interestOps(0);
            return answer;
        } finally {
            asked = null;
        }
    }

    private void selected(SelectionKey key) {
        if (key == asked) {
            answer = ChannelRegistration.interest(key.readyOps());
        }
    }

    /** A socket has been closed: lets go of its channel, so that its port is free. The last one closes the selector. */
    synchronized void release() {
        try {
            if (--sockets == 0) {
                selector.close();
            } else {
                selector.selectNow();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
