// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.channel;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SendNotPermittedException;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** The gate (C1 to C4), the permit (S4, S5) and the sends (S1 to S9). */
final class ChannelOutgoing implements OutgoingDatagramStream {
    private final ChannelStreams streams;
    private final ChannelSocket socket;
    private final CallbackPollable pollable;
    private final AtomicInteger permit = new AtomicInteger();

    /** Closes the gate: a send met a full buffer. Written under the socket's lock. */
    private volatile boolean full;

    ChannelOutgoing(ChannelStreams streams) {
        this.streams = streams;
        this.socket = streams.socket;
        this.pollable = new CallbackPollable(
                this::isReady, streams::hasEnded, () -> socket.watch(SelectionKey.OP_WRITE), socket::later);
    }

    @Override
    public int checkSend() throws SocketErrorException {
        streams.ensureLive();
        int permitted = isReady() ? MAX_PERMIT : 0;
        permit.set(permitted);
        return permitted;
    }

    /** Whether the gate is open, or an error is to be told (P2). */
    private boolean isReady() {
        if (!full) {
            return true;
        }
        socket.lock.lock();
        try {
            if (streams.hasEnded() || socket.channel.hasPending()) {
                return true;
            }
            full = full && !socket.channel.isWritable();
            return !full;
        } finally {
            socket.lock.unlock();
        }
    }

    @Override
    public int send(List<OutgoingDatagram> datagrams) throws SocketErrorException {
        int count = datagrams.size();
        if (begin(count)) {
            return 0;
        }
        List<OutgoingDatagram> fixed = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            fixed.add(Objects.requireNonNull(datagrams.get(i), "a datagram of the list"));
        }
        return sendCounted(fixed);
    }

    @Override
    public int send(DatagramBatch batch, int from, int to) throws SocketErrorException {
        Objects.checkFromToIndex(from, to, batch.size());
        if (begin(to - from)) {
            return 0;
        }
        List<OutgoingDatagram> views = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            ByteBuffer payload = batch.memory().duplicate().clear();
            payload.limit(batch.offset(i) + batch.length(i)).position(batch.offset(i));
            views.add(new OutgoingDatagram(payload, batch.remoteAddress(i), batch.path(i)));
        }
        return sendCounted(views);
    }

    @Override
    public boolean trySend(OutgoingDatagram datagram) throws SocketErrorException {
        Objects.requireNonNull(datagram, "datagram");
        streams.ensureLive();
        return isReady() && sendCounted(List.of(datagram)) == 1;
    }

    @Override
    public int sendAll(List<OutgoingDatagram> datagrams, Duration timeout)
            throws SocketErrorException, InterruptedException {
        List<OutgoingDatagram> all = List.copyOf(datagrams);
        long end = System.nanoTime() + timeout.toNanos();
        int sent = 0;
        try {
            while (sent < all.size()) {
                streams.ensureLive();
                if (isReady()) {
                    sent += sendPart(all.subList(sent, all.size()), sent == 0);
                } else if (!pollable.block(Duration.ofNanos(end - System.nanoTime()))) {
                    break;
                }
            }
        } catch (SocketErrorException e) {
            if (sent == 0) {
                throw e;
            }
            if (streams.peer != null && isForgotten(e.errorCode())) {
                socket.channel.keep(e);
            }
        } catch (InterruptedException e) {
            if (sent == 0) {
                throw e;
            }
            Thread.currentThread().interrupt();
        }
        return sent;
    }

    /** Spends the permit; whether there is nothing to send. */
    private boolean begin(int count) throws SocketErrorException {
        streams.ensureLive();
        if (count > 0) {
            int permitted = permit.getAndSet(0);
            if (count > permitted) {
                throw new SendNotPermittedException(permitted, count);
            }
        }
        return count == 0;
    }

    private int sendCounted(List<OutgoingDatagram> datagrams) throws SocketErrorException {
        return sendPart(datagrams, true);
    }

    /** Sends; an error is counted if the caller is told of it, and otherwise all is left to the caller. */
    private int sendPart(List<OutgoingDatagram> datagrams, boolean tells) throws SocketErrorException {
        try {
            int valid = valid(datagrams);
            socket.lock.lock();
            try {
                streams.ensureLive();
                int sent = sendValid(datagrams, valid);
                socket.counters.leftToCaller.add(datagrams.size() - sent);
                return sent;
            } finally {
                socket.lock.unlock();
            }
        } catch (SocketErrorException e) {
            if (tells) {
                socket.counters.ended(datagrams.size(), e);
            } else {
                socket.counters.leftToCaller.add(datagrams.size());
            }
            throw e;
        }
    }

    /** How many from the first may be sent; throws what is wrong with the first (E1 to E6, N1). */
    private int valid(List<OutgoingDatagram> datagrams) throws SocketErrorException {
        throwPending();
        for (int i = 0; i < datagrams.size(); i++) {
            OutgoingDatagram datagram = datagrams.get(i);
            SocketErrorException refusal = refusal(
                    datagram.remoteAddress(), datagram.path(), datagram.data().remaining());
            if (refusal != null) {
                if (i == 0) {
                    throw refusal;
                }
                return i;
            }
        }
        return datagrams.size();
    }

    private void throwPending() throws SocketErrorException {
        socket.lock.lock();
        try {
            streams.ensureLive();
            socket.channel.throwPending();
        } finally {
            socket.lock.unlock();
        }
    }

    private SocketErrorException refusal(InetSocketAddress remote, DatagramPath path, int length) {
        InetSocketAddress destination = remote == null ? streams.peer : remote;
        String problem = destination == null
                ? "the datagram has no destination, and the stream no peer"
                : Destinations.remoteProblem(socket.family, destination);
        if (problem == null && streams.peer != null && !Destinations.same(streams.peer, destination)) {
            problem = destination + " is not the stream's peer";
        }
        if (problem != null) {
            return ChannelErrors.light(ErrorCode.INVALID_ARGUMENT, problem);
        }
        if (!streams.network.maySendTo(destination)) {
            return ChannelErrors.light(ErrorCode.ACCESS_DENIED, "the network does not allow sending to " + destination);
        }
        if (path != null) {
            return ChannelErrors.light(ErrorCode.NOT_SUPPORTED, "a channel sends from its own address");
        }
        return length > socket.family.maxDatagramSize()
                ? ChannelErrors.light(ErrorCode.DATAGRAM_TOO_LARGE, "a datagram of " + length + " bytes")
                : null;
    }

    /** Under the socket's lock. */
    private int sendValid(List<OutgoingDatagram> datagrams, int valid) throws SocketErrorException {
        for (int i = 0; i < valid; i++) {
            ByteBuffer payload = datagrams.get(i).data().duplicate();
            int length = payload.remaining();
            try {
                if (!socket.channel.send(payload, datagrams.get(i).remoteAddress())) {
                    full = true;
                    return i;
                }
            } catch (SocketErrorException e) {
                if (i == 0) {
                    throw e;
                }
                if (streams.peer != null && isForgotten(e.errorCode())) {
                    socket.channel.keep(e);
                }
                return i;
            }
            socket.counters.datagramsSent.increment();
            socket.counters.bytesSent.add(length);
        }
        return valid;
    }

    /** Whether the kernel forgets the error once it has told it, so that the rest of the list wouldn't meet it (S2). */
    private static boolean isForgotten(ErrorCode code) {
        return code == ErrorCode.CONNECTION_REFUSED || code == ErrorCode.REMOTE_UNREACHABLE;
    }

    @Override
    public CallbackPollable subscribe() {
        return pollable;
    }
}
