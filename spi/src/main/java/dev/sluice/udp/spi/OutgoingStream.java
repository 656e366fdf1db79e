package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/** The permit, the gate, and the loop over trips: what {@code send} means, once for all providers. */
final class OutgoingStream implements OutgoingDatagramStream {
    private final StreamPair pair;
    private final SocketCore core;
    private final DestinationCheck check;
    private final SendPermit permit = new SendPermit();
    private final SendGate gate = new SendGate();
    private final StreamPollable pollable = new StreamPollable(new Writability());

    /** Under the send lock: the current send has kept an error, and who waits is to be woken after unlocking. */
    private boolean hasKept;

    OutgoingStream(StreamPair pair) {
        this.pair = pair;
        this.core = pair.core;
        this.check = new DestinationCheck(core.family, pair.peer, pair.network);
    }

    @Override
    public int checkSend() throws SocketErrorException {
        pair.ensureLive();
        int permitted = isOpen() ? MAX_PERMIT : 0;
        permit.grant(permitted);
        return permitted;
    }

    /** Reads the gate; asks the kernel only if it is closed. An error kept opens it: the next send has news. */
    private boolean isOpen() {
        return gate.isOpen() || pair.kept.isPresent() || askKernel();
    }

    private boolean askKernel() {
        core.sending.lock();
        try {
            if (pair.hasEnded()) {
                return true;
            }
            long turn = gate.turn();
            if ((core.transport.readiness(DatagramTransport.WRITABLE) & DatagramTransport.WRITABLE) != 0) {
                gate.open(turn);
            }
            return gate.isOpen();
        } finally {
            core.sending.unlock();
        }
    }

    @Override
    public int send(List<OutgoingDatagram> datagrams) throws SocketErrorException {
        int count = datagrams.size();
        pair.ensureLive();
        if (count == 0) {
            return 0;
        }
        permit.spend(count);
        Scratch scratch = core.scratch.take();
        try {
            return count == 1
                    ? sendOne(datagrams.get(0), scratch.batch)
                    : sendElements(scratch.elements(datagrams, count), count, scratch.batch);
        } catch (SocketErrorException e) {
            core.counters.sendErrors.increment();
            throw e;
        } finally {
            core.scratch.giveBack(scratch);
        }
    }

    /** A list of one needs no place to keep its elements: storing a reference is dear. */
    private int sendOne(OutgoingDatagram datagram, DatagramBatch trip) throws SocketErrorException {
        pair.kept.throwIfPresent();
        check.begin();
        SocketErrorException refusal = copy(datagram, trip);
        if (refusal != null) {
            throw refusal;
        }
        return sendTrips(trip, 0, 1, true);
    }

    private int sendElements(Object[] elements, int count, DatagramBatch trip) throws SocketErrorException {
        pair.kept.throwIfPresent();
        check.begin();
        int sent = 0;
        while (sent < count) {
            trip.clear();
            SocketErrorException refusal = fill(trip, elements, sent, count);
            int filled = trip.size();
            if (filled == 0) {
                if (sent == 0) {
                    throw refusal; // S3
                }
                break; // S2
            }
            int gone = sendTrips(trip, 0, filled, sent == 0);
            sent += gone;
            if (gone < filled || refusal != null) {
                break;
            }
        }
        return sent;
    }

    /**
     * Copies as many datagrams as one trip may carry at most, under no lock: what may be sent is the network's to say,
     * and it is foreign code.
     *
     * @return why it ends before a datagram that would have had room; null if it doesn't
     */
    private SocketErrorException fill(DatagramBatch trip, Object[] elements, int from, int count) {
        for (int i = from; i < count && trip.size() == i - from; i++) {
            SocketErrorException refusal = copy((OutgoingDatagram) elements[i], trip);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    /**
     * Checks a datagram, and copies it while it is at hand: fetching it twice costs more than the copy. If the trip has no
     * room left, it isn't copied.
     *
     * @return why it can't be sent, or null
     */
    private SocketErrorException copy(OutgoingDatagram datagram, DatagramBatch trip) {
        InetSocketAddress remote = datagram.remoteAddress();
        ByteBuffer payload = datagram.data();
        SocketErrorException refusal = check.refusal(remote, payload.remaining());
        if (refusal == null && !trip.add(remote, payload) && trip.size() == 0) {
            // An empty trip has room for whatever was just checked: somebody changes the buffer during the send.
            return check.tooLarge(payload.remaining());
        }
        return refusal;
    }

    @Override
    public int send(DatagramBatch batch, int from, int to) throws SocketErrorException {
        Objects.checkFromToIndex(from, to, batch.size());
        pair.ensureLive();
        if (from == to) {
            return 0;
        }
        permit.spend(to - from);
        try {
            return sendBatch(batch, from, to);
        } catch (SocketErrorException e) {
            core.counters.sendErrors.increment();
            throw e;
        }
    }

    private int sendBatch(DatagramBatch batch, int from, int to) throws SocketErrorException {
        pair.kept.throwIfPresent();
        check.begin();
        int valid = from;
        while (valid < to) {
            SocketErrorException refusal = check.refusal(batch.remoteAddress(valid), batch.length(valid));
            if (refusal != null) {
                if (valid == from) {
                    throw refusal; // S3
                }
                break; // S2
            }
            valid = Math.min(to, batch.runEnd(valid));
        }
        return sendTrips(batch, from, valid, true);
    }

    /** Makes trips, under the send lock. Once a datagram has gone, the stream's end is no error any more (S2). */
    private int sendTrips(DatagramBatch batch, int from, int to, boolean first) throws SocketErrorException {
        core.sending.lock();
        try {
            if (!first && pair.hasEnded()) {
                return 0;
            }
            pair.ensureLive();
            return makeTrips(batch, from, to, first);
        } finally {
            unlockAndWake();
        }
    }

    /**
     * Trip by trip until the end, a full buffer or an error. Under the send lock.
     *
     * @return how many were sent; less than asked means that the send ends here
     */
    private int makeTrips(DatagramBatch batch, int from, int to, boolean first) throws SocketErrorException {
        int next = from;
        while (next < to) {
            int sent;
            try {
                sent = core.transport.send(batch, next, to);
            } catch (IOException e) {
                SocketErrorException error = SocketErrors.of(Operation.SEND, e);
                if (first && next == from) {
                    throw error; // S3
                }
                if (pair.peer != null && KeptError.isForgottenByKernel(error)) {
                    pair.kept.keep(error); // S2; any other the caller meets again when it sends the rest
                    hasKept = true;
                }
                break;
            }
            if (sent == 0) {
                gate.close();
                break;
            }
            next += sent;
        }
        count(batch, from, next);
        return next - from;
    }

    private void count(DatagramBatch batch, int from, int to) {
        long bytes = 0;
        int next;
        for (int i = from; i < to; i = next) {
            next = Math.min(to, batch.runEnd(i));
            bytes += (long) (next - i) * batch.length(i);
        }
        core.counters.sent(to - from, bytes);
    }

    private void unlockAndWake() {
        boolean kept = hasKept;
        hasKept = false;
        core.sending.unlock();
        if (kept) {
            pair.wake();
        }
    }

    @Override
    public StreamPollable subscribe() {
        return pollable;
    }

    private final class Writability implements StreamPollable.Direction {
        private volatile long armedInTurn;

        @Override
        public boolean ready() {
            return isReadyWithoutKernel() || isOpen();
        }

        @Override
        public boolean isReadyWithoutKernel() {
            return pair.hasEnded() || pair.kept.isPresent();
        }

        @Override
        public void arm(Runnable fired) {
            core.sending.lock();
            try {
                if (!pair.hasEnded()) {
                    armedInTurn = gate.turn();
                    core.transport.arm(DatagramTransport.WRITABLE, fired);
                }
            } finally {
                core.sending.unlock();
            }
        }

        @Override
        public boolean confirm() {
            gate.open(armedInTurn);
            return gate.isOpen() || isReadyWithoutKernel();
        }
    }
}
