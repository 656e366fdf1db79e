// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import dev.sluice.udp.DatagramBatch;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Datagrams that were taken out of the kernel's queue before a {@code connect} would have thrown them away. It holds
 * about as much as the kernel's; what exceeds that is dropped, as the kernel would.
 */
final class DrainedQueue {
    /** What a datagram costs at least beside its payload, as in the kernel (sizeof(struct sk_buff) and headers). */
    private static final int OVERHEAD = 512;

    private record Drained(InetSocketAddress source, byte[] payload) {}

    private final Queue<Drained> queue = new ArrayDeque<>();
    private long bytes;

    /** Read without the lock under which all else happens. */
    private volatile boolean empty = true;

    boolean isEmpty() {
        return empty;
    }

    boolean hasRoom(long most) {
        return bytes < most;
    }

    void add(InetSocketAddress source, byte[] payload) {
        queue.add(new Drained(source, payload));
        bytes += payload.length + OVERHEAD;
        empty = false;
    }

    /** Appends the oldest ones, as long as the batch has room for a datagram of the largest size. */
    int moveTo(DatagramBatch batch, int max, int largest) {
        if (empty) { // the usual case, which must not cost the fence of writing the flag
            return 0;
        }
        int moved = 0;
        while (moved < max
                && !queue.isEmpty()
                && batch.size() < batch.maxDatagrams()
                && batch.remainingBytes() >= largest) {
            Drained oldest = queue.remove();
            batch.add(oldest.source, oldest.payload, 0, oldest.payload.length);
            bytes -= oldest.payload.length + OVERHEAD;
            moved++;
        }
        empty = queue.isEmpty();
        return moved;
    }
}
