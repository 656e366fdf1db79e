// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.async;

import dev.sluice.udp.OutgoingDatagram;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A send that has not completed. It is either cancelled or handed over, never both: while a call to the stream has it, it can't
 * be cancelled ({@link dev.sluice.udp.Rule#W3 W3}).
 */
final class PendingSend extends CompletableFuture<Void> {
    final OutgoingDatagram datagram;
    private final AtomicBoolean taken = new AtomicBoolean();

    PendingSend(OutgoingDatagram datagram) {
        this.datagram = datagram;
    }

    int bytes() {
        return datagram.data().remaining();
    }

    /** Reserves it for a call of the stream; false if it was cancelled. */
    boolean reserve() {
        return taken.compareAndSet(false, true) && !isDone();
    }

    /** The call has not sent it: it may be cancelled again. */
    void release() {
        taken.set(false);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return isCancelled() || taken.compareAndSet(false, true) && super.cancel(mayInterruptIfRunning);
    }

    /** What depends on it is not a send. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
