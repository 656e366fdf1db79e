// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.DatagramTransport;
import java.util.function.BooleanSupplier;

/** Waits for one socket in poll(2), on the calling thread: as {@link DatagramTransport#await} has it (P6). */
final class CallerWait {
    private final int descriptor;
    private final PollCalls calls;

    /** Whether something can be received that the kernel doesn't have any more. */
    private final BooleanSupplier hasLeftover;

    private final Place readable = new Place();
    private final Place writable = new Place();

    CallerWait(int descriptor, PollCalls calls, BooleanSupplier hasLeftover) {
        this.descriptor = descriptor;
        this.calls = calls;
        this.hasLeftover = hasLeftover;
    }

    /** Where a thread waits for one interest. */
    private static final class Place {
        // Guarded by this.
        private PollCall waiting;
        private boolean woken;
        private boolean closed;

        /** Whether the thread is to wait: it has neither been woken before nor is the socket closed. */
        synchronized boolean enter(PollCall call) {
            if (woken || closed) {
                woken = false;
                return false;
            }
            waiting = call;
            return true;
        }

        synchronized void leave() {
            waiting = null;
            woken = false;
            if (closed) {
                notifyAll();
            }
        }

        synchronized void wakeup() {
            if (waiting == null) {
                woken = true;
            } else {
                waiting.wakeup();
            }
        }

        synchronized void wakeupIfWaiting() {
            if (waiting != null) {
                waiting.wakeup();
            }
        }

        /** Returns when no thread uses the descriptor any more: those that wait need no lock to leave. */
        synchronized void close() {
            closed = true;
            boolean interrupted = false;
            while (waiting != null) {
                waiting.wakeup();
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Place place(int interest) {
        return interest == DatagramTransport.READABLE ? readable : writable;
    }

    boolean await(int interest, long nanos) {
        PollCall call;
        try {
            call = calls.take();
        } catch (SocketErrorException e) { // no descriptor is left, say
            return false;
        }
        try {
            return await(place(interest), call, interest, nanos);
        } finally {
            calls.giveBack(call);
        }
    }

    private boolean await(Place place, PollCall call, int interest, long nanos) {
        if (!place.enter(call)) {
            return true;
        }
        try {
            // Looked at only now: what is left from here on is told by becameReadable.
            return (place == readable && hasLeftover.getAsBoolean()) || call.await(descriptor, interest, nanos);
        } finally {
            place.leave();
        }
    }

    void wakeup(int interest) {
        place(interest).wakeup();
    }

    /** Something is left now. */
    void becameReadable() {
        readable.wakeupIfWaiting();
    }

    void close() {
        readable.close();
        writable.close();
    }
}
