// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import java.time.Duration;

/**
 * Keeps a sender from overrunning the receiver beside it: what the receiver has not taken yet must fit into its kernel's
 * buffer, since what doesn't is dropped silently. The sender's thread is one, the receiver's another.
 */
final class Window implements Throttle {
    /**
     * What a datagram takes of the buffer besides its payload, generously. Linux counts the memory that it allocates,
     * which is rounded up and has a header (skb->truesize); for that it doubles the buffer that was asked for
     * (socket(7), SO_RCVBUF), and payloads are counted double here.
     */
    private static final int OVERHEAD = 2048;

    /** After so long without an arrival, what is in flight is lost. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final long capacity;
    private long gone;
    private long goneCost;
    private long arrived;
    private long arrivedCost;
    private boolean hasLost;

    /**
     * A window.
     *
     * @param bufferSize the size of the receive buffer, as it was asked for
     */
    Window(long bufferSize) {
        this.capacity = bufferSize;
    }

    /** Once something was lost, it holds nothing back any more: the comparison has failed, and has to end. */
    @Override
    public synchronized int admit(DatagramBatch batch, int from) throws InterruptedException {
        int to = fit(batch, from);
        while (to == from && !hasLost) {
            awaitArrival();
            to = fit(batch, from);
        }
        return hasLost ? batch.size() - from : to - from;
    }

    private int fit(DatagramBatch batch, int from) {
        long free = capacity - (goneCost - arrivedCost);
        int to = from;
        while (to < batch.size() && cost(batch, to) <= free) {
            free -= cost(batch, to);
            to++;
        }
        boolean isEmpty = gone == arrived;
        return to == from && isEmpty ? from + 1 : to; // one always fits, or a tiny buffer would stop everything
    }

    private static long cost(DatagramBatch batch, int index) {
        return 2L * batch.length(index) + OVERHEAD;
    }

    @Override
    public synchronized void sent(DatagramBatch batch, int from, int to) {
        gone += to - from;
        for (int i = from; i < to; i++) {
            goneCost += cost(batch, i);
        }
    }

    synchronized void arrived(DatagramBatch batch) {
        arrived += batch.size();
        for (int i = 0; i < batch.size(); i++) {
            arrivedCost += cost(batch, i);
        }
        notifyAll();
    }

    /** Waits until all that has gone has arrived, or is lost. */
    synchronized void awaitAll() throws InterruptedException {
        while (arrived < gone && !hasLost) {
            awaitArrival();
        }
    }

    private void awaitArrival() throws InterruptedException {
        long before = arrived;
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (long left = PATIENCE.toNanos(); arrived == before && left > 0; left = end - System.nanoTime()) {
            wait(Math.max(1, left / 1_000_000));
        }
        hasLost |= arrived == before;
    }
}
