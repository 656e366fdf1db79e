// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.jfr.Events;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The permit and the gate, and what {@code send} means, once for all providers. */
final class OutgoingStream implements OutgoingDatagramStream {
    private final StreamState state;
    private final SocketCore core;
    private final DestinationCheck check;
    private final SendPermit permit = new SendPermit();
    private final SendGate gate = new SendGate();
    private final Transmission transmission;
    private final ListSend lists;
    private final StreamPollable pollable = new StreamPollable(new Writability());

    OutgoingStream(StreamState state) {
        this.state = state;
        this.core = state.core;
        this.check = new DestinationCheck(core.family, state.peer, state.network, paths(state));
        this.transmission = new Transmission(state, gate);
        this.lists = new ListSend(core.memory.scratch, check, transmission);
    }

    private static PathCheck paths(StreamState state) {
        SocketCore core = state.core;
        return new PathCheck(core.family, state.network, state.transport, core.bound.getPort());
    }

    @Override
    public int checkSend() throws SocketErrorException {
        state.ensureLive();
        int permitted = isOpen() ? MAX_PERMIT : 0;
        permit.grant(permitted);
        return permitted;
    }

    /** Reads the gate; asks the kernel only if it is closed. A kept error opens it: the next send throws it. */
    private boolean isOpen() {
        return gate.isOpen() || state.kept.isPresent() || askKernel();
    }

    private boolean askKernel() {
        boolean open;
        core.sending.lockSafely();
        try {
            if (state.hasEnded()) {
                return true;
            }
            long epoch = gate.epoch();
            if (state.ask(DatagramTransport.WRITABLE, Operation.SEND)) {
                openGate(epoch);
            }
            open = gate.isOpen() || state.kept.isPresent();
        } finally {
            core.sending.unlock();
        }
        state.wakeIfKept();
        return open;
    }

    private void openGate(long askedInEpoch) {
        if (gate.open(askedInEpoch)) {
            Events.gateOpened(state);
        }
    }

    @Override
    public int send(List<OutgoingDatagram> datagrams) throws SocketErrorException {
        int count = datagrams.size();
        state.ensureLive();
        if (count <= 0) {
            return 0;
        }
        permit.spend(count);
        try {
            return core.counters.ended(count, count == 1 ? sendOne(datagrams.get(0)) : sendList(datagrams, count));
        } catch (SocketErrorException e) {
            throw failed(count, e);
        }
    }

    /** A list of one needs no place to keep its elements: storing a reference costs more than the rest of it. */
    private int sendOne(OutgoingDatagram datagram) throws SocketErrorException {
        state.kept.throwIfPresent();
        return lists.sendOne(datagram);
    }

    private int sendList(List<OutgoingDatagram> datagrams, int count) throws SocketErrorException {
        OutgoingCall call = core.memory.outgoing.take();
        try {
            Object[] elements = call.read(datagrams, count);
            state.kept.throwIfPresent();
            check.begin();
            return check.asksNetwork()
                    ? lists.send(elements, check.validPrefix(elements, count), true)
                    : lists.send(elements, count, false);
        } finally {
            call.clear();
            core.memory.outgoing.giveBack(call);
        }
    }

    @Override
    public int send(DatagramBatch batch, int from, int to) throws SocketErrorException {
        Objects.checkFromToIndex(from, to, batch.size());
        state.ensureLive();
        if (from == to) {
            return 0;
        }
        permit.spend(to - from);
        try {
            state.kept.throwIfPresent();
            check.begin();
            return core.counters.ended(
                    to - from,
                    check.asksNetwork() ? sendAllowed(batch, from, to) : transmission.send(batch, from, to, check));
        } catch (SocketErrorException e) {
            throw failed(to - from, e);
        }
    }

    /** The network is foreign code: it is asked under no lock, about entries that can't change any more. */
    private int sendAllowed(DatagramBatch batch, int from, int to) throws SocketErrorException {
        OutgoingCall call = core.memory.outgoing.take();
        try {
            DatagramBatch view = call.view(batch, from, to);
            return transmission.send(view, check.validPrefix(view), true);
        } finally {
            call.clear();
            core.memory.outgoing.giveBack(call);
        }
    }

    /** Without a permit, which would be another thread's; everything else is as in {@link #send(List)} of one (J1). */
    @Override
    public boolean trySend(OutgoingDatagram datagram) throws SocketErrorException {
        Objects.requireNonNull(datagram, "datagram");
        state.ensureLive();
        if (!isOpen()) {
            return false;
        }
        try {
            return core.counters.ended(1, sendOne(datagram)) == 1;
        } catch (SocketErrorException e) {
            throw failed(1, e);
        }
    }

    @Override
    public int sendAll(List<OutgoingDatagram> datagrams, Duration timeout)
            throws SocketErrorException, InterruptedException {
        return new SendAll(this, datagrams, timeout).run();
    }

    /**
     * A part of what {@link SendAll} sends.
     *
     * @param first whether the caller is told of an error; otherwise the part is left to it, and the next send meets the error
     */
    int sendUnpermitted(List<OutgoingDatagram> datagrams, boolean first) throws SocketErrorException {
        int count = datagrams.size();
        try {
            return core.counters.ended(count, sendList(datagrams, count));
        } catch (SocketErrorException e) {
            if (first) {
                throw failed(count, e);
            }
            core.counters.ended(count, 0);
            throw e;
        }
    }

    private SocketErrorException failed(int given, SocketErrorException error) {
        return Events.error(state, Operation.SEND.label(), core.counters.ended(given, error));
    }

    /** Keeps an error that {@link SendAll} doesn't throw, if the kernel has forgotten it (S2). */
    void keep(SocketErrorException error) {
        if (state.peer != null && KeptError.isForgottenByKernel(error)) {
            state.kept.keep(error);
            state.wake();
        }
    }

    /** Whether the next send makes sense: the gate is open, or an error is to be told. */
    boolean isReady() throws SocketErrorException {
        state.ensureLive();
        return isOpen();
    }

    @Override
    public StreamPollable subscribe() {
        return pollable;
    }

    @Override
    public String toString() {
        return state.describe("outgoing");
    }

    private final class Writability implements StreamPollable.Direction {
        private volatile long armedInEpoch;

        @Override
        public boolean ready() {
            return isReadyWithoutKernel() || isOpen();
        }

        @Override
        public boolean hasEnded() {
            return state.hasEnded();
        }

        @Override
        public boolean isReadyWithoutKernel() {
            return state.isReady();
        }

        @Override
        public void arm(Runnable fired) throws IOException {
            core.sending.lockSafely();
            try {
                if (!state.hasEnded()) {
                    armedInEpoch = gate.epoch();
                    state.transport.arm(DatagramTransport.WRITABLE, fired);
                }
            } finally {
                core.sending.unlock();
            }
        }

        @Override
        public boolean confirm() {
            openGate(armedInEpoch);
            return gate.isOpen() || isReadyWithoutKernel();
        }

        @Override
        public boolean await(long nanos) {
            return state.transport.await(DatagramTransport.WRITABLE, nanos);
        }

        @Override
        public void wakeup() {
            state.transport.wakeup(DatagramTransport.WRITABLE);
        }

        @Override
        public String describe() {
            return state.describe("writable");
        }
    }
}
