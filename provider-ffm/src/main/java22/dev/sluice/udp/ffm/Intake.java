// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.LendingPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.net.InetSocketAddress;

/**
 * Memory for as many messages as one recvmmsg(2) brings, each as large as a coalesced one may be, and what of them has not
 * been delivered. A receive borrows it; a socket keeps it only while something is left in it.
 */
final class Intake {
    static final int MESSAGES = 64;

    /** The largest datagram and more: a coalesced message isn't larger (GRO_LEGACY_MAX_SIZE, net/core/gro.c). */
    private static final long BUFFER_SIZE = 65_536;

    /**
     * From one buffer to the next. At a distance of a power of two the beginnings of all buffers would share a few sets of
     * the processor's caches, and what the kernel has just written would have to be fetched from memory again.
     */
    private static final long DISTANCE = BUFFER_SIZE + 20 * 64;

    private final int slot;
    private final Messages messages;
    private final MemorySegment buffers;

    // What is left: messages from `next` to `filled`, of the first one the bytes from `offset` on.
    private int next;
    private int filled;
    private int offset;

    // A message that was received elsewhere, of which a part is left in the first buffer; else null.
    private InetSocketAddress keptSource;
    private int keptLength;
    private int keptSegment;
    private DatagramPath keptPath;

    private Intake(int slot) {
        this.slot = slot;
        this.messages = new Messages(MESSAGES, Arena.ofAuto());
        this.buffers = MappedMemory.map(MESSAGES * DISTANCE);
        for (int i = 0; i < MESSAGES; i++) {
            messages.setBuffer(i, buffers, i * DISTANCE, i * DISTANCE + BUFFER_SIZE);
        }
    }

    /** A pool of them, which allocates nothing yet. */
    static LendingPool<Intake> pool() {
        return new LendingPool<>() {
            @Override
            protected Intake make(int slot) {
                return new Intake(slot);
            }

            @Override
            protected int slotOf(Intake lent) {
                return lent.slot;
            }
        };
    }

    boolean isEmpty() {
        return next == filled;
    }

    void clear() {
        next = 0;
        filled = 0;
        offset = 0;
        keptSource = null;
        keptPath = null;
    }

    /** Receives messages into it while it is empty, and says how many. */
    int receive(KernelSocket socket, int most) throws SocketErrorException {
        clear();
        try {
            filled = socket.receive(messages, most);
        } finally {
            Reference.reachabilityFence(buffers);
        }
        return filled;
    }

    /** Whether the kernel has coalesced anything of what it brought. */
    boolean isCoalesced() {
        for (int i = next; i < filled; i++) {
            if (segmentSize(i) < length(i)) {
                return true;
            }
        }
        return false;
    }

    /** Keeps a part of a message that was received elsewhere. */
    void keep(InetSocketAddress source, DatagramPath path, int segment, MemorySegment memory, long from, int length) {
        clear();
        MemorySegment.copy(memory, from, buffers, 0, length);
        keptLength = length;
        keptSegment = segment;
        keptSource = source;
        keptPath = path;
        filled = 1;
    }

    /**
     * Moves datagrams to a batch, in order, as long as it has room for one of the largest size.
     *
     * @param memory the batch's
     * @param paths null if they are without
     * @return how many
     */
    int moveTo(
            DatagramBatch into,
            MemorySegment memory,
            int max,
            int largest,
            SourceAddresses sources,
            ReceivedPaths paths) {
        int moved = 0;
        while (next < filled) {
            int room = room(into, max - moved, largest, segmentSize(next));
            if (room == 0) {
                break;
            }
            InetSocketAddress source =
                    keptSource != null ? keptSource : sources.of(messages.headers, messages.name(next));
            moved += moveMessage(into, memory, room, source, paths == null ? null : path(paths));
        }
        return moved;
    }

    private DatagramPath path(ReceivedPaths paths) {
        return keptSource != null ? keptPath : paths.of(messages, next);
    }

    /**
     * How many datagrams of a size a batch may be given, if each needs room for one of the largest size: as many as if they
     * came one by one.
     */
    static int room(DatagramBatch batch, int max, int largest, int size) {
        int most = Math.min(max, batch.maxDatagrams() - batch.size());
        int spare = batch.remainingBytes() - largest;
        return spare < 0 ? 0 : size == 0 ? most : Math.min(most, spare / size + 1);
    }

    private int moveMessage(
            DatagramBatch into, MemorySegment memory, int most, InetSocketAddress source, DatagramPath path) {
        int segment = segmentSize(next);
        int rest = length(next) - offset;
        int bytes = (int) Math.min(rest, (long) most * segment);
        MemorySegment.copy(buffers, next * DISTANCE + offset, memory, into.tailOffset(), bytes);
        int count = into.commit(source, Math.max(1, segment), bytes, path);
        offset += bytes;
        if (bytes == rest) {
            next++;
            offset = 0;
        }
        return count;
    }

    private int length(int index) {
        return keptSource != null ? keptLength : messages.length(index);
    }

    private int segmentSize(int index) {
        return keptSource != null ? keptSegment : messages.segmentSize(index);
    }
}
