// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.ScratchPool.Scratch;
import dev.sluice.udp.spi.jfr.Events;
import dev.sluice.udp.spi.jfr.TripEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What {@code receive} means, once for all providers: filtering, and errors that lose nothing. */
final class IncomingStream implements IncomingDatagramStream {
    /** How many unwanted datagrams one call drops at most, so that a flood of them can't hold it for ever. */
    private static final int MOST_DROPPED = 4096;

    private final StreamState state;
    private final SocketCore core;
    private final SourceFilter filter;
    private final StreamPollable pollable = new StreamPollable(new Readability());

    IncomingStream(StreamState state) {
        this.state = state;
        this.core = state.core;
        this.filter = new SourceFilter(state);
    }

    @Override
    public List<IncomingDatagram> receive(int max) throws SocketErrorException {
        if (!begin(max)) {
            return List.of();
        }
        int most = Math.min(max, MAX_RECEIVE);
        List<IncomingDatagram> received = new ArrayList<>(Math.min(most, 16));
        try {
            boolean more = true;
            for (int dropped = 0; more && received.size() < most && dropped < MOST_DROPPED; ) {
                int before = received.size();
                more = takeLot(received, most);
                dropped += filter.removeUnwanted(received, before);
            }
        } catch (RuntimeException | Error thrown) { // what was taken before is not lost for it
            if (received.isEmpty()) {
                state.wakeIfKept();
                throw thrown;
            }
        }
        count(received);
        end(received.size());
        return received;
    }

    /**
     * Takes what is there with one call of the transport, into memory that is borrowed only for that: the network is asked
     * later, and may take its time.
     *
     * @return whether there may be more
     */
    private boolean takeLot(List<IncomingDatagram> received, int most) {
        Scratch scratch = takeKept();
        boolean more = true;
        if (scratch == null) {
            scratch = core.memory.scratch.take();
            scratch.kept = 0;
            more = take(scratch.batch(), most - received.size());
        }
        int next = scratch.kept;
        DatagramBatch lot = scratch.batch();
        try {
            for (; next < lot.size() && received.size() < most; next++) {
                received.add(new IncomingDatagram(
                        ByteBuffer.wrap(lot.bytes(next)), lot.remoteAddress(next), lot.path(next)));
            }
        } finally {
            giveBack(scratch, next);
        }
        return more;
    }

    private Scratch takeKept() {
        if (core.backlog.isEmpty()) {
            return null;
        }
        core.receiving.lockSafely();
        try {
            return core.backlog.take();
        } finally {
            core.receiving.unlock();
        }
    }

    private void giveBack(Scratch scratch, int next) {
        if (next == scratch.batch().size()) {
            core.memory.scratch.giveBack(scratch);
            return;
        }
        core.receiving.lockSafely();
        try {
            core.backlog.keep(scratch, next);
        } finally {
            core.receiving.unlock();
        }
    }

    @Override
    public int receive(DatagramBatch into, int max) throws SocketErrorException {
        int first = into.size();
        if (!begin(max)) {
            return 0;
        }
        if (!hasRoom(into)) {
            throw new IllegalArgumentException("The batch has room for " + into.remainingBytes() + " bytes in "
                    + (into.maxDatagrams() - first) + " datagrams; receiving needs " + core.family.maxDatagramSize()
                    + " bytes and one datagram");
        }
        boolean more = true;
        for (int dropped = 0; more && into.size() - first < max && dropped < MOST_DROPPED && hasRoom(into); ) {
            int from = into.size();
            more = take(into, max - (from - first));
            dropped += filter.removeUnwanted(into, from);
        }
        count(into, first);
        end(into.size() - first);
        return into.size() - first;
    }

    private boolean hasRoom(DatagramBatch batch) {
        return batch.size() < batch.maxDatagrams() && batch.remainingBytes() >= core.family.maxDatagramSize();
    }

    /** Whether there is something to do at all; throws what was kept. */
    private boolean begin(int max) throws SocketErrorException {
        if (max < 0) {
            throw new IllegalArgumentException("receive of " + max + " datagrams; 0 or more are possible");
        }
        state.ensureLive();
        if (max == 0) {
            return false;
        }
        throwKept();
        return true;
    }

    /** Throws what {@link #take} met if nothing was received, else wakes those that wait for it (R2). */
    private void end(int received) throws SocketErrorException {
        if (received > 0) {
            state.wakeIfKept();
            return;
        }
        state.ensureLive();
        if (filter.hasNetworkThrown()) {
            state.wakeIfKept();
            filter.throwOfNetwork();
        }
        throwKept();
    }

    private void throwKept() throws SocketErrorException {
        try {
            state.kept.throwIfPresent();
        } catch (SocketErrorException e) {
            core.counters.receiveErrors.increment();
            throw Events.error(state, Operation.RECEIVE.label(), e);
        }
    }

    /**
     * One call of the transport, whose error is kept.
     *
     * @return whether there may be more: {@code max} stopped it, or the end of the batch
     */
    private boolean take(DatagramBatch batch, int max) {
        core.receiving.lock();
        try {
            if (state.hasEnded()) {
                return false;
            }
            int received = core.backlog.isEmpty() ? makeTrip(batch, max) : core.backlog.moveTo(batch, max);
            return received == max || !hasRoom(batch) || !core.backlog.isEmpty();
        } catch (IOException e) {
            state.kept.keep(SocketErrors.of(Operation.RECEIVE, e));
            return false;
        } finally {
            core.receiving.held = 0; // no call, which might overflow the stack
            core.receiving.wakeNext();
        }
    }

    private int makeTrip(DatagramBatch batch, int max) throws IOException {
        int from = batch.size();
        TripEvent trip = Events.trip();
        int received = state.transport.receive(batch, max);
        if (trip != null) {
            trip.received(state, received, SocketCounters.bytes(batch, from, batch.size()));
        }
        return received;
    }

    private void count(DatagramBatch batch, int from) {
        core.counters.received(batch.size() - from, SocketCounters.bytes(batch, from, batch.size()));
    }

    private void count(List<IncomingDatagram> received) {
        long bytes = 0;
        for (int i = 0; i < received.size(); i++) {
            bytes += received.get(i).data().remaining();
        }
        core.counters.received(received.size(), bytes);
    }

    @Override
    public StreamPollable subscribe() {
        return pollable;
    }

    @Override
    public String toString() {
        return state.describe("incoming");
    }

    private final class Readability implements StreamPollable.Direction {
        @Override
        public boolean ready() {
            if (isReadyWithoutKernel()) {
                return true;
            }
            boolean ready;
            core.receiving.lockSafely();
            try {
                ready = state.hasEnded() || state.ask(DatagramTransport.READABLE, Operation.RECEIVE);
            } finally {
                core.receiving.unlock();
            }
            state.wakeIfKept();
            return ready;
        }

        @Override
        public boolean hasEnded() {
            return state.hasEnded();
        }

        @Override
        public boolean isReadyWithoutKernel() {
            return state.isReady() || !core.backlog.isEmpty();
        }

        @Override
        public void arm(Runnable fired) throws IOException {
            core.receiving.lockSafely();
            try {
                if (!state.hasEnded()) {
                    state.transport.arm(DatagramTransport.READABLE, fired);
                }
            } finally {
                core.receiving.unlock();
            }
        }

        @Override
        public boolean confirm() {
            return true;
        }

        @Override
        public boolean await(long nanos) {
            return state.transport.await(DatagramTransport.READABLE, nanos);
        }

        @Override
        public void wakeup() {
            state.transport.wakeup(DatagramTransport.READABLE);
        }

        @Override
        public String describe() {
            return state.describe("readable");
        }
    }
}
