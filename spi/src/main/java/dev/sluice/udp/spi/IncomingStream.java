package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What {@code receive} means, once for all providers: filtering, and errors that lose nothing. */
final class IncomingStream implements IncomingDatagramStream {
    /** How many unwanted datagrams one call drops at most, so that a flood of them can't hold it for ever. */
    private static final int MOST_DROPPED = 4096;

    private final StreamPair pair;
    private final SocketCore core;
    private final boolean unrestricted;
    private final StreamPollable pollable = new StreamPollable(new Readability());

    /** The last address object that was the peer's: transports repeat it. Immutable, so threads may race for it. */
    private InetSocketAddress lastOfPeer;

    IncomingStream(StreamPair pair) {
        this.pair = pair;
        this.core = pair.core;
        this.unrestricted = pair.network == Network.unrestricted();
    }

    @Override
    public List<IncomingDatagram> receive(int max) throws SocketErrorException {
        if (!begin(max)) {
            return List.of();
        }
        Scratch scratch = core.scratch.take();
        try {
            return receive(max, scratch.batch);
        } finally {
            core.scratch.giveBack(scratch);
        }
    }

    private List<IncomingDatagram> receive(int max, DatagramBatch batch) throws SocketErrorException {
        List<IncomingDatagram> received = new ArrayList<>(Math.min(max, 16));
        boolean more = true;
        for (int dropped = 0; more && received.size() < max && dropped < MOST_DROPPED; ) {
            batch.clear();
            more = take(batch, max - received.size());
            dropped += drop(batch, 0);
            for (int i = 0; i < batch.size(); i++) {
                received.add(new IncomingDatagram(ByteBuffer.wrap(batch.bytes(i)), batch.remoteAddress(i)));
            }
            count(batch, 0);
        }
        end(received.size());
        return received;
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
            dropped += drop(into, from);
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
        pair.ensureLive();
        if (max == 0) {
            return false;
        }
        throwKept();
        return true;
    }

    /** Throws what {@link #take} met if nothing was received, else lets those know who wait (R2). */
    private void end(int received) throws SocketErrorException {
        if (received == 0) {
            pair.ensureLive();
            throwKept();
        } else {
            wakeIfKept();
        }
    }

    private void wakeIfKept() {
        if (pair.kept.isPresent()) {
            pair.wake();
        }
    }

    private void throwKept() throws SocketErrorException {
        try {
            pair.kept.throwIfPresent();
        } catch (SocketErrorException e) {
            core.counters.receiveErrors.increment();
            throw e;
        }
    }

    /**
     * One call of the transport's, whose error is kept.
     *
     * @return whether there may be more: {@code max} stopped it, or the end of the batch
     */
    private boolean take(DatagramBatch batch, int max) {
        core.receiving.lock();
        try {
            return !pair.hasEnded() && (core.transport.receive(batch, max) == max || !hasRoom(batch));
        } catch (IOException e) {
            pair.kept.keep(SocketErrors.of(Operation.RECEIVE, e));
            return false;
        } finally {
            core.receiving.unlock();
        }
    }

    /** Takes out what isn't the peer's (U4) and what the network refuses (R4), under no lock. */
    private int drop(DatagramBatch batch, int from) {
        if (unrestricted && (pair.peer == null || isAllOfPeer(batch, from))) {
            return 0;
        }
        try {
            return batch.removeIf(from, i -> isUnwanted(batch.remoteAddress(i)));
        } catch (RuntimeException | Error thrown) { // by the network: what it has not allowed goes nowhere
            batch.removeIf(from, i -> true);
            wakeIfKept();
            throw thrown;
        }
    }

    /** The usual case, told by looking at whole runs. */
    private boolean isAllOfPeer(DatagramBatch batch, int from) {
        for (int i = from; i < batch.size(); i = batch.runEnd(i)) {
            if (batch.remoteAddress(i) != lastOfPeer) {
                return false;
            }
        }
        return true;
    }

    private boolean isUnwanted(InetSocketAddress source) {
        if (pair.peer != null && source != lastOfPeer) {
            if (!Addresses.same(pair.peer, source)) {
                core.counters.strangersDropped.increment();
                return true;
            }
            lastOfPeer = source;
        }
        if (!unrestricted && !pair.network.mayReceiveFrom(source)) {
            core.counters.sourcesRefused.increment();
            return true;
        }
        return false;
    }

    private void count(DatagramBatch batch, int from) {
        long bytes = 0;
        for (int i = from, next; i < batch.size(); i = next) {
            next = batch.runEnd(i);
            bytes += (long) (next - i) * batch.length(i);
        }
        core.counters.datagramsReceived.add(batch.size() - from);
        core.counters.bytesReceived.add(bytes);
    }

    @Override
    public StreamPollable subscribe() {
        return pollable;
    }

    private final class Readability implements StreamPollable.Direction {
        @Override
        public boolean ready() {
            if (isReadyWithoutKernel()) {
                return true;
            }
            core.receiving.lock();
            try {
                return pair.hasEnded()
                        || (core.transport.readiness(DatagramTransport.READABLE) & DatagramTransport.READABLE) != 0;
            } finally {
                core.receiving.unlock();
            }
        }

        @Override
        public boolean isReadyWithoutKernel() {
            return pair.hasEnded() || pair.kept.isPresent();
        }

        @Override
        public void arm(Runnable fired) {
            core.receiving.lock();
            try {
                if (!pair.hasEnded()) {
                    core.transport.arm(DatagramTransport.READABLE, fired);
                }
            } finally {
                core.receiving.unlock();
            }
        }

        @Override
        public boolean confirm() {
            return true;
        }
    }
}
