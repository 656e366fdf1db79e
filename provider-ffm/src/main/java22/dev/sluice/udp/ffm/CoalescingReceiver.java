// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.LendingPool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.ref.Reference;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Fills batches. What comes one by one is received in lots, into an {@link Intake}, and copied; what comes coalesced
 * (UDP_GRO, udp(7)) message by message, straight into the batch. Neither way is good at both (the copy of 64 KiB costs as
 * much as the system call of a datagram), so the last call decides: senders mostly go on as they did.
 *
 * <p>What is left of a message when fewer datagrams are wanted than it brings is kept, and received first. It is at most
 * what one intake holds.
 *
 * <p>Called under the receive lock, but for {@link #hasLeftover}.
 */
final class CoalescingReceiver {
    /** The most datagrams that one message brings: what one GSO send takes since Linux 6.9, uncut on loopback. */
    private static final int MOST_SEGMENTS = 128;

    private final KernelSocket socket;
    private final LendingPool<Intake> intakes;
    private final int maxDatagram;
    private final SourceAddresses sources;

    /** Null unless datagrams are received with their paths. */
    private ReceivedPaths paths;

    private final Messages direct;
    private final DirectMemory memory = new DirectMemory();

    /** Whether what came last was coalesced. */
    private boolean coalesced;

    /** Null if nothing is left. Read without the lock under which all else happens. */
    private volatile Intake leftover;

    CoalescingReceiver(KernelSocket socket, LendingPool<Intake> intakes, int maxDatagram, SegmentAllocator allocator) {
        this.socket = socket;
        this.intakes = intakes;
        this.maxDatagram = maxDatagram;
        this.sources = new SourceAddresses(socket.isIpv6());
        this.direct = new Messages(1, allocator);
    }

    boolean hasLeftover() {
        return leftover != null;
    }

    boolean receivesPaths() {
        return paths != null;
    }

    /** Receives with paths from now on, or without. What is left is as it was received. */
    void receivePaths(boolean on) throws SocketErrorException {
        socket.calls().tellPaths(socket.isIpv6(), on);
        paths = on ? new ReceivedPaths(socket.isIpv6()) : null;
    }

    /** As {@link dev.sluice.udp.spi.DatagramTransport#receive} has it. */
    int receive(DatagramBatch into, int max) throws SocketErrorException {
        int first = into.size();
        int received = leftover == null ? 0 : receiveLeftover(into, max);
        boolean more = true;
        while (more && Intake.room(into, max - received, maxDatagram, 0) > 0) {
            int wanted = max - received;
            more = coalesced || wanted == 1 ? receiveDirectly(into, wanted) : receiveLot(into, wanted);
            received = into.size() - first;
        }
        return received;
    }

    private int receiveLeftover(DatagramBatch into, int max) {
        Intake intake = leftover;
        int moved = intake.moveTo(into, memory.of(into.memory()), max, maxDatagram, sources, paths);
        if (intake.isEmpty()) {
            leftover = null;
            intakes.giveBack(intake);
        }
        return moved;
    }

    /** Receives messages into an intake, and says whether there may be more. */
    private boolean receiveLot(DatagramBatch into, int max) throws SocketErrorException {
        int wanted = Math.min(Intake.room(into, max, maxDatagram, 0), Intake.MESSAGES);
        Intake intake = intakes.take();
        boolean kept = false;
        try {
            int messages = intake.receive(socket, wanted);
            coalesced = intake.isCoalesced();
            intake.moveTo(into, memory.of(into.memory()), max, maxDatagram, sources, paths);
            if (!intake.isEmpty()) {
                leftover = intake;
                kept = true;
            }
            return messages == wanted && !kept;
        } finally {
            if (!kept) {
                intakes.giveBack(intake);
            }
        }
    }

    /** Receives one message straight into the batch, and says whether there may be more. */
    private boolean receiveDirectly(DatagramBatch into, int max) throws SocketErrorException {
        // Borrowed before the message is there, which would be lost if memory ran out then.
        Intake rest = max < MOST_SEGMENTS ? intakes.take() : null;
        try {
            if (!receiveAtTail(into)) {
                return false;
            }
            int length = direct.length(0);
            int segment = direct.segmentSize(0);
            coalesced = segment < length;
            int room = Intake.room(into, max, maxDatagram, segment);
            int bytes = (int) Math.min(length, (long) room * segment);
            InetSocketAddress source = sources.of(direct.headers, direct.name(0));
            DatagramPath path = paths == null ? null : paths.of(direct, 0);
            if (bytes < length) {
                rest = rest != null ? rest : intakes.take();
                rest.keep(source, path, segment, memory.of(into.memory()), into.tailOffset() + bytes, length - bytes);
                leftover = rest;
            }
            into.commit(source, Math.max(1, segment), bytes, path);
            return leftover == null;
        } finally {
            if (rest != null && rest != leftover) {
                intakes.giveBack(rest);
            }
        }
    }

    private boolean receiveAtTail(DatagramBatch into) throws SocketErrorException {
        ByteBuffer buffer = into.memory();
        MemorySegment segment = memory.of(buffer);
        direct.setBuffer(0, segment, into.tailOffset(), segment.byteSize());
        try {
            return socket.receive(direct, 1) > 0;
        } finally {
            Reference.reachabilityFence(buffer);
        }
    }

    /** The socket is closed: gives back what was kept. */
    void close() {
        Intake intake = leftover;
        leftover = null;
        if (intake != null) {
            intakes.giveBack(intake);
        }
    }
}
