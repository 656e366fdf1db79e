// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.udp.Pollable.Registration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Waits for the channels of one host, on a daemon thread that starts when the guest first has to wait. */
final class ChannelSelector implements AutoCloseable {
    private record Watch(SelectableChannel channel, int operations, Runnable action) {}

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Watch> watches = new ArrayList<>(); // of the selector's thread
    private Selector selector; // guarded by this
    private boolean closed; // guarded by this

    /** Runs the action once one of the operations may be possible, or the channel or this is closed. */
    Registration watch(SelectableChannel channel, int operations, Runnable action) {
        Watch watch = new Watch(channel, operations, action::run);
        if (!submit(() -> watches.add(watch))) {
            action.run();
            return () -> {};
        }
        return () -> submit(() -> watches.removeIf(other -> other == watch));
    }

    /** Lets go of closed channels: until then the system keeps their descriptors. */
    synchronized void wakeup() {
        if (selector != null) {
            selector.wakeup();
        }
    }

    private synchronized boolean submit(Runnable task) {
        if (closed) {
            return false;
        }
        if (selector == null) {
            start();
        }
        tasks.add(task);
        selector.wakeup();
        return true;
    }

    private void start() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(TcpErrors.of(e)); // as Pollable.onReady has it
        }
        Selector opened = selector;
        Thread thread = new Thread(() -> run(opened), "sluice-guest-tcp");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Selector opened) {
        try (opened) {
            while (!isClosed()) {
                runTasks();
                renewInterests(opened);
                opened.select();
                opened.selectedKeys().clear();
                wakeReady(opened);
            }
        } catch (IOException e) {
            close(); // nothing can be waited for any more: what waits is closed, and learns it so
            watches.forEach(watch -> closed(watch.channel()));
        } finally {
            runTasks();
            watches.forEach(watch -> watch.action().run());
        }
    }

    private static void closed(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // nothing is left to do with it
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void renewInterests(Selector opened) throws IOException {
        for (SelectionKey key : opened.keys()) {
            if (key.isValid()) {
                key.interestOps(0);
            }
        }
        for (Watch watch : List.copyOf(watches)) {
            SelectableChannel channel = watch.channel();
            try {
                SelectionKey key = channel.keyFor(opened);
                if (key == null) {
                    channel.register(opened, watch.operations());
                } else {
                    key.interestOpsOr(watch.operations());
                }
            } catch (ClosedChannelException | CancelledKeyException e) {
                watches.remove(watch);
                watch.action().run();
            }
        }
    }

    private void wakeReady(Selector opened) {
        for (Watch watch : List.copyOf(watches)) {
            SelectionKey key = watch.channel().keyFor(opened);
            if (key == null || !key.isValid() || (key.readyOps() & watch.operations()) != 0) {
                watches.remove(watch);
                watch.action().run();
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        wakeup();
    }
}
