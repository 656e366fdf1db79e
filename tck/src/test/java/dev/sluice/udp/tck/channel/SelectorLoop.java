// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/** The provider's one selector and its thread, which serve all sockets (P3). */
final class SelectorLoop implements Runnable, AutoCloseable {
    private final Selector selector;

    /** What is to be done on the thread. */
    private final Queue<Runnable> due = new ConcurrentLinkedQueue<>();

    /** Held while a closed channel is deregistered; the loop passes it before each selection. */
    private final ReentrantLock turnstile = new ReentrantLock();

    private boolean started;

    SelectorLoop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A channel's socket, held only while the channel is watched, so that one that is dropped is collected (U7). */
    private static final class Watched {
        private volatile ChannelSocket socket;

        ChannelSocket take() {
            ChannelSocket taken = socket;
            socket = null;
            return taken;
        }
    }

    /** Has {@link ChannelSocket#checkWaiters} called once when the channel is ready. */
    void watch(ChannelSocket socket, DatagramChannel channel, int operation) {
        try {
            SelectionKey key = channel.keyFor(selector);
            if (key == null) {
                key = channel.register(selector, 0, new Watched());
            }
            ((Watched) key.attachment()).socket = socket;
            key.interestOpsOr(operation);
            wakeUp();
        } catch (ClosedChannelException | CancelledKeyException | ClosedSelectorException e) {
            // closing the socket wakes those that wait for it
        }
    }

    /** Has {@link ChannelSocket#checkWaiters} called soon. */
    void post(ChannelSocket socket) {
        execute(socket::checkWaiters);
    }

    /** Has something done soon, on the thread. */
    void execute(Runnable task) {
        due.add(task);
        wakeUp();
    }

    private synchronized void wakeUp() {
        if (!started) {
            started = true;
            Thread thread = new Thread(this, "sluice-channel");
            thread.setDaemon(true);
            thread.start();
        }
        selector.wakeup();
    }

    /** Deregisters a closed channel: until a selection has done so, the port stays taken (U7). */
    void release(DatagramChannel closed) {
        turnstile.lock();
        try {
            if (closed.isRegistered()) {
                selector.wakeup();
                selector.selectNow(key -> {}); // what is ready now is found ready by the next selection
            }
        } catch (ClosedSelectorException stopped) { // and everything was deregistered
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            turnstile.unlock();
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                turnstile.lock();
                turnstile.unlock();
                selector.select(this::collect);
                for (int tasks = due.size(); tasks > 0; tasks--) { // what these add waits for the next selection
                    due.remove().run();
                    Thread.interrupted(); // an interrupt would end each selection at once (P5)
                }
            }
        } catch (ClosedSelectorException stopped) { // by close()
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void collect(SelectionKey key) {
        try {
            key.interestOpsAnd(~key.readyOps());
            ChannelSocket socket = ((Watched) key.attachment()).take();
            if (socket != null) {
                due.add(socket::checkWaiters);
            }
        } catch (CancelledKeyException e) { // closed meanwhile
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
