// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.spi.ScratchPool.Scratch;
import java.nio.ByteBuffer;

/**
 * Datagrams that were taken from the transport and not delivered: memory ran out meanwhile, or fewer were wanted. They come
 * before what the transport still has. Allocates nothing.
 */
final class ReceiveBacklog {
    private final ScratchPool pool;
    private Scratch first;
    private Scratch last;

    /** Read without the lock under which all else happens. */
    private volatile boolean empty = true;

    ReceiveBacklog(ScratchPool pool) {
        this.pool = pool;
    }

    boolean isEmpty() {
        return empty;
    }

    /** Keeps memory with what its batch holds from an index on. */
    void keep(Scratch scratch, int from) {
        scratch.kept = from;
        scratch.next = null;
        if (first == null) {
            first = scratch;
        } else {
            last.next = scratch;
        }
        last = scratch;
        empty = false;
    }

    /** The oldest memory, to be given back or kept again; null if there is none. */
    Scratch take() {
        Scratch taken = first;
        if (taken != null) {
            first = taken.next;
            empty = first == null;
        }
        return taken;
    }

    /**
     * Appends the oldest datagrams to a batch.
     *
     * @return how many
     */
    int moveTo(DatagramBatch into, int max) {
        int moved = 0;
        while (!empty && moved < max) {
            DatagramBatch batch = first.batch();
            int next = first.kept;
            if (next == batch.size()) {
                pool.giveBack(take());
            } else {
                if (!into.add(batch.remoteAddress(next), payload(batch, next), batch.path(next))) {
                    break;
                }
                first.kept++;
                moved++;
            }
        }
        return moved;
    }

    private static ByteBuffer payload(DatagramBatch batch, int index) {
        return batch.memory().slice(batch.offset(index), batch.length(index));
    }

    /** The socket is closed. */
    void clear() {
        for (Scratch scratch = take(); scratch != null; scratch = take()) {
            pool.giveBack(scratch);
        }
    }
}
