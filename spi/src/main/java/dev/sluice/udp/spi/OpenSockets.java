// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The open sockets of one provider. It holds what has to be closed of each, and not the socket: one that the application has
 * dropped without closing it is collected, and then closed here, as a {@code DatagramChannel} would be (U7).
 *
 * <p>This does what {@link java.lang.ref.Cleaner} does, with a thread that ends when the provider does (V3), and not at some
 * later collection. It also ends when there was no open socket for a while, so that a provider which was itself dropped is
 * left with no thread.
 */
final class OpenSockets implements Runnable {
    private static final long IDLE_MILLIS = TimeUnit.SECONDS.toMillis(10);

    /** How long {@link #closeAll} waits for a socket that is being closed by the thread. */
    private static final long MOST_JOIN_MILLIS = TimeUnit.SECONDS.toMillis(5);

    /**
     * Phantom, because an object with a finalizer might still use the socket; the other reference is for the end of the
     * provider.
     */
    private static final class Entry extends PhantomReference<DefaultUdpSocket> {
        final WeakReference<DefaultUdpSocket> socket;
        final SocketCore core;

        Entry(DefaultUdpSocket socket, SocketCore core, ReferenceQueue<DefaultUdpSocket> dropped) {
            super(socket, dropped);
            this.socket = new WeakReference<>(socket);
            this.core = core;
        }
    }

    private final Map<SocketCore, Entry> entries = new ConcurrentHashMap<>();
    private final ReferenceQueue<DefaultUdpSocket> dropped = new ReferenceQueue<>();

    // Guarded by this.
    private Thread thread;
    private boolean ended;

    /** A socket has been opened. */
    void add(DefaultUdpSocket socket, SocketCore core) {
        entries.put(core, new Entry(socket, core, dropped));
        startThread();
    }

    private synchronized void startThread() {
        if (thread == null && !ended) {
            try {
                Thread next = new IsolatedThread(this, "sluice-dropped-sockets");
                next.start();
                thread = next;
            } catch (OutOfMemoryError e) { // or no thread is left: the next socket tries again
            }
        }
    }

    /** A socket has been closed. */
    void remove(SocketCore core) {
        entries.remove(core);
    }

    /**
     * Closes all sockets, dropped ones too, and ends the thread. No socket is added any more. What one of them throws is
     * thrown when all are closed.
     */
    void closeAll() {
        RuntimeException failure = null;
        for (Entry entry : List.copyOf(entries.values())) {
            try {
                close(entry);
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        endThread();
        if (failure != null) {
            throw failure;
        }
    }

    private void close(Entry entry) {
        DefaultUdpSocket socket = entry.socket.get();
        if (socket != null) {
            socket.close();
        } else {
            closeDropped(entry);
        }
    }

    /** Nothing holds the socket any more, so nothing waits for it; but a last call may still be about to unlock. */
    private void closeDropped(Entry entry) {
        SocketCore core = entry.core;
        core.lockBoth();
        try {
            core.close();
        } finally {
            core.unlockBoth();
            entries.remove(core);
        }
    }

    private void endThread() {
        Thread last;
        synchronized (this) {
            ended = true;
            last = thread;
        }
        if (last != null && last != Thread.currentThread()) {
            last.interrupt();
            try {
                last.join(MOST_JOIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void run() {
        boolean idle = false;
        while (!endsNow(idle)) {
            idle = !closeNextDropped();
        }
    }

    /** Returns false if nothing was dropped for a while. */
    private boolean closeNextDropped() {
        try {
            Entry next = (Entry) dropped.remove(IDLE_MILLIS);
            if (next != null) {
                closeDropped(next);
            }
            return next != null;
        } catch (InterruptedException e) { // the provider has ended, or it is of no concern
        } catch (Throwable failed) { // one socket's failure is not another's
            Actions.report(failed);
        }
        return true;
    }

    private synchronized boolean endsNow(boolean idle) {
        if (ended || (idle && entries.isEmpty())) {
            thread = null;
            return true;
        }
        return false;
    }
}
