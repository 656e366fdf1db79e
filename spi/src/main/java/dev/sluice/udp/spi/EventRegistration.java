// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import java.io.IOException;

/**
 * One socket's place in an {@link EventLoop}: its two one-shot callbacks, as {@link DatagramTransport#arm} has them. A
 * provider says how the system is asked.
 *
 * <p>Every use of the descriptor, {@link #request} and {@link #release}, happens under this object's monitor, and none after
 * {@link #close}: by then the descriptor may be another socket's. Callbacks run under no lock.
 */
public abstract class EventRegistration {
    static final int BOTH = DatagramTransport.READABLE | DatagramTransport.WRITABLE;

    private final EventLoop loop;

    // Guarded by this.
    private Runnable readable;
    private Runnable writable;
    private boolean closed;

    /** Where this waits, or waited last. Written under this. */
    private volatile LoopRun run;

    // The loop's lists: of those that wait, guarded by the loop, and of those whose event has come, guarded by its run.
    EventRegistration previousWaiting;
    EventRegistration nextWaiting;
    EventRegistration nextDue;
    int due;

    /**
     * A registration that waits for nothing yet.
     *
     * @param loop where it waits
     */
    protected EventRegistration(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * Asks the system to report, level-triggered, when the socket is ready. Each request replaces the one before; the first
     * one with a multiplexer also registers the socket with it. Called again for what is still waited for after an event
     * was delivered, so that it doesn't matter whether the system disarms a socket by an event or not.
     *
     * @param multiplexer the loop's, as its factory opened it
     * @param interest {@link DatagramTransport#READABLE}, {@link DatagramTransport#WRITABLE}, both, or 0 for neither
     * @throws IOException if the system refuses
     */
    protected abstract void request(Multiplexer multiplexer, int interest) throws IOException;

    /**
     * Takes the socket out of a multiplexer that it was registered with. It is about to be closed, or has been.
     *
     * @param multiplexer the loop's
     */
    protected abstract void release(Multiplexer multiplexer);

    /**
     * Looks whether a report holds, where the system can report what is not for this socket. Called on the loop's thread,
     * under no lock, before the callbacks; what doesn't hold is waited for again.
     *
     * @param ready what was reported
     * @return those that hold; this default believes the report
     */
    protected int confirm(int ready) {
        return ready;
    }

    /**
     * Waits: as {@link DatagramTransport#arm}.
     *
     * @param interest one of the two
     * @param ready what to call, once
     * @throws IOException if the loop can't be started or the system refuses; nothing has changed then
     */
    public final synchronized void arm(int interest, Runnable ready) throws IOException {
        if (closed) {
            return;
        }
        int before = interest();
        LoopRun current = before == 0 ? loop.enter(this) : run;
        boolean requested = false;
        try {
            run = current;
            request(current.multiplexer(), before | interest);
            requested = true;
        } finally {
            if (!requested && before == 0) {
                loop.leave(this, current);
            }
        }
        if ((interest & DatagramTransport.READABLE) != 0) {
            readable = ready;
        }
        if ((interest & DatagramTransport.WRITABLE) != 0) {
            writable = ready;
        }
    }

    private int interest() {
        return (readable != null ? DatagramTransport.READABLE : 0)
                | (writable != null ? DatagramTransport.WRITABLE : 0);
    }

    /**
     * What is waited for now.
     *
     * @return the interests whose callback has not been called
     */
    protected final synchronized int waitedFor() {
        return interest();
    }

    /**
     * Has the callbacks called, on the loop's thread, of what the socket is ready for, whether the multiplexer saw it or the
     * transport knows it otherwise. From any thread; allocates nothing.
     *
     * @param ready the interests; those that are not waited for are ignored
     */
    public final void occurred(int ready) {
        LoopRun current = run;
        if (current != null) {
            current.enqueue(this, ready);
        }
    }

    /** Has all that wait in the loop called after a pause, because the system refused something that it may grant later. */
    protected final void retryLater() {
        LoopRun current = run;
        if (current != null) {
            current.retryLater();
        }
    }

    /** On the loop's thread. */
    final void notifyReady(int reported) {
        int ready = confirm(reported);
        Runnable read;
        Runnable write;
        synchronized (this) {
            if (closed) {
                return;
            }
            int due = requestRest(ready);
            read = (due & DatagramTransport.READABLE) != 0 ? readable : null;
            write = (due & DatagramTransport.WRITABLE) != 0 ? writable : null;
            boolean waited = interest() != 0;
            readable = read != null ? null : readable;
            writable = write != null ? null : writable;
            if (waited && interest() == 0) {
                loop.leave(this, run);
            }
        }
        Actions.call(read);
        Actions.call(write);
    }

    /** Asks again for what isn't ready. If the system refuses that, its callback is called too: it looks for itself. */
    private int requestRest(int ready) {
        try {
            request(run.multiplexer(), interest() & ~ready);
            return ready;
        } catch (Throwable refused) {
            Actions.report(refused);
            return BOTH;
        }
    }

    /** Waits for nothing any more: no callback is called after this, and the descriptor isn't used. Idempotent. */
    public final synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (interest() != 0) {
            loop.leave(this, run);
            readable = null;
            writable = null;
        }
        if (run != null) {
            release(run.multiplexer());
        }
    }
}
