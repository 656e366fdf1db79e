// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The one gate of a stream, which {@code checkSend} and the pollable both read (C2): open at first, closed by a send
 * that met a full buffer, opened when the kernel reports the socket writable.
 *
 * <p>Its state is a count of epochs, odd while closed. A report of the kernel opens the gate only in the epoch in which the
 * kernel was asked: an old report must not open a gate that has closed since.
 */
final class SendGate {
    private final AtomicLong epoch = new AtomicLong();

    boolean isOpen() {
        return (epoch.get() & 1) == 0;
    }

    /** The epoch now, to be given to {@link #open}. */
    long epoch() {
        return epoch.get();
    }

    /** A send met a full buffer. Called under the send lock. */
    void close() {
        epoch.addAndGet(isOpen() ? 1 : 2);
    }

    /**
     * The kernel reported, after the given epoch had been read, that the socket is writable.
     *
     * @return whether this opened the gate
     */
    boolean open(long askedInEpoch) {
        return (askedInEpoch & 1) != 0 && epoch.compareAndSet(askedInEpoch, askedInEpoch + 1);
    }
}
