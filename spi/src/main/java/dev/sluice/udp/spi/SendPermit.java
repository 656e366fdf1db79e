// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.SendNotPermittedException;
import java.util.concurrent.atomic.AtomicInteger;

/** How many datagrams the next send may carry. Given by {@code checkSend}, spent by a send (C3, S4, S5). */
final class SendPermit {
    /** Atomic, so that two threads which share a stream by mistake can't spend one permit twice (S9). */
    private final AtomicInteger permitted = new AtomicInteger();

    /** Replaces the permit. Without a fence: it is the granting thread that may rely on it (S9). */
    void grant(int datagrams) {
        permitted.lazySet(datagrams);
    }

    /** Spends it, whatever becomes of the send. */
    void spend(int datagrams) {
        int granted = permitted.getAndSet(0);
        if (datagrams > granted) {
            throw new SendNotPermittedException(granted, datagrams);
        }
    }
}
