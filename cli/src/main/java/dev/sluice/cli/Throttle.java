// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;

/** Delays datagrams that the kernel would take already. */
interface Throttle {
    /** Lets everything through. */
    Throttle NONE = (batch, from) -> batch.size() - from;

    /**
     * Waits until at least one may go.
     *
     * @return how many of a batch, from {@code from} on, may go now; 0: none any more
     */
    int admit(DatagramBatch batch, int from) throws InterruptedException;

    /** Those datagrams have gone. */
    default void sent(DatagramBatch batch, int from, int to) {}
}
