// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.channel;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;

/** Receives (R1 to R4): one datagram at a time, which the peer (U4) and the network filter. */
final class ChannelIncoming implements IncomingDatagramStream {
    /** How many unwanted datagrams one call drops at most. */
    private static final int MAX_DROPPED = 4_096;

    private final ChannelStreams streams;
    private final ChannelSocket socket;
    private final CallbackPollable pollable;

    ChannelIncoming(ChannelStreams streams) {
        this.streams = streams;
        this.socket = streams.socket;
        this.pollable = new CallbackPollable(
                this::isReadable, streams::hasEnded, () -> socket.watch(SelectionKey.OP_READ), socket::later);
    }

    @Override
    public List<IncomingDatagram> receive(int max) throws SocketErrorException {
        begin(max);
        List<IncomingDatagram> received = new ArrayList<>();
        int dropped = 0;
        while (received.size() < max && dropped < MAX_DROPPED) {
            IncomingDatagram next = next(received.isEmpty());
            if (next == null) {
                break;
            }
            if (isWanted(next)) {
                received.add(next);
            } else {
                dropped++;
            }
        }
        return received;
    }

    @Override
    public int receive(DatagramBatch into, int max) throws SocketErrorException {
        begin(max);
        if (max > 0 && !hasRoom(into)) {
            throw new IllegalArgumentException("the batch has no room for a datagram of the largest size");
        }
        int first = into.size();
        int dropped = 0;
        while (into.size() - first < max && hasRoom(into) && dropped < MAX_DROPPED) {
            IncomingDatagram next = next(into.size() == first);
            if (next == null) {
                break;
            }
            if (isWanted(next)) {
                into.add(next.remoteAddress(), next.data());
            } else {
                dropped++;
            }
        }
        return into.size() - first;
    }

    private void begin(int max) throws SocketErrorException {
        if (max < 0) {
            throw new IllegalArgumentException("receive of " + max + " datagrams");
        }
        streams.ensureLive();
    }

    private boolean hasRoom(DatagramBatch batch) {
        return batch.size() < batch.maxDatagrams() && batch.remainingBytes() >= socket.family.maxDatagramSize();
    }

    /** Takes the next datagram: null if there is none. An error is thrown if it is the first thing met, else kept (R2). */
    private IncomingDatagram next(boolean first) throws SocketErrorException {
        socket.lock.lock();
        try {
            if (!first && (streams.hasEnded() || socket.channel.hasPending())) {
                return null;
            }
            streams.ensureLive();
            return socket.channel.receive();
        } catch (SocketErrorException e) {
            if (first) {
                socket.counters.receiveErrors.increment();
                throw e;
            }
            socket.channel.keep(e);
            return null;
        } finally {
            socket.lock.unlock();
        }
    }

    /** Asks the network, which is foreign code: under no lock. */
    private boolean isWanted(IncomingDatagram datagram) {
        if (streams.peer != null && !Destinations.same(streams.peer, datagram.remoteAddress())) {
            socket.counters.droppedByPeerFilter.increment();
            return false;
        }
        if (!streams.network.mayReceiveFrom(datagram.remoteAddress())) {
            socket.counters.droppedByNetwork.increment();
            return false;
        }
        socket.counters.datagramsReceived.increment();
        socket.counters.bytesReceived.add(datagram.data().remaining());
        return true;
    }

    private boolean isReadable() {
        socket.lock.lock();
        try {
            return streams.hasEnded() || socket.channel.isReadable();
        } finally {
            socket.lock.unlock();
        }
    }

    @Override
    public CallbackPollable subscribe() {
        return pollable;
    }
}
