// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.jfr.Events;
import dev.sluice.udp.spi.jfr.TripEvent;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Hands datagrams that may be sent to the transport, one call after the other, under the send lock: until the end, a full
 * buffer or an error (S1 to S3).
 */
final class Transmission {
    private final StreamState state;
    private final SocketCore core;
    private final SendGate gate;

    /** Under the send lock: shows what is sent of the application's batch, which another thread might change. */
    private final DatagramBatch view = new DatagramBatch(OutgoingStream.MAX_PERMIT, 0);

    /** Under the send lock: the current send has kept an error, and those that wait are to be woken after unlocking. */
    private boolean hasKept;

    // Under the send lock: how many datagrams the system took, or refused for their own sake, and how often an error
    // was told
    // of one of them.
    private long tried;
    private long toldOfEarlier;

    Transmission(StreamState state, SendGate gate) {
        this.state = state;
        this.core = state.core;
        this.gate = gate;
    }

    /**
     * Sends the first datagrams of a batch that nothing else can reach.
     *
     * @param first whether nothing has been sent yet; otherwise the stream's end and an error are no failure any more (S2)
     * @return how many were sent; less than asked means that the send ends here
     */
    int send(DatagramBatch batch, int to, boolean first) throws SocketErrorException {
        core.sending.lock();
        try {
            if (!first && state.hasEnded()) {
                return 0;
            }
            state.ensureLive();
            return handOver(batch, to, first);
        } finally {
            boolean kept = hasKept;
            hasKept = false;
            core.sending.held = 0; // no call, which might overflow the stack
            released(kept);
        }
    }

    /** Sends datagrams of the application's batch, checking them without foreign code. */
    int send(DatagramBatch batch, int from, int to, DestinationCheck check) throws SocketErrorException {
        core.sending.lock();
        try {
            state.ensureLive();
            return handOverView(batch, from, to, check);
        } finally {
            boolean kept = hasKept;
            hasKept = false;
            core.sending.held = 0; // as above
            released(kept);
        }
    }

    private int handOverView(DatagramBatch batch, int from, int to, DestinationCheck check)
            throws SocketErrorException {
        try {
            view.view(batch, from, to);
            return handOver(view, check.validPrefix(view), true);
        } finally {
            view.clear();
        }
    }

    private int handOver(DatagramBatch batch, int to, boolean first) throws SocketErrorException {
        int next = 0;
        while (next < to) {
            int sent;
            TripEvent trip = Events.trip();
            try {
                sent = state.transport.send(batch, next, to);
            } catch (IOException e) {
                SocketErrorException error = SocketErrors.of(Operation.SEND, e);
                DatagramPath path = batch.path(next);
                SocketErrorException ofSource = SourceErrors.missing(error, core.family, path);
                if (first && next == 0) {
                    throw ofSource == null ? attributed(error, path) : ofSource; // S3
                }
                if (state.peer != null && ofSource == null && KeptError.isForgottenByKernel(error)) {
                    state.kept.keep(error); // S2; any other the caller meets again when it sends the rest
                    hasKept = true;
                }
                break;
            }
            if (trip != null) {
                trip.sent(state, sent, SocketCounters.bytes(batch, next, next + sent));
            }
            if (sent == 0) {
                gate.close();
                Events.gateClosed(state);
                break;
            }
            next += sent;
        }
        count(batch, next);
        return next;
    }

    /**
     * The error of the datagram that was tried, or told of an earlier one. A route that refuses can't be told from a router's
     * answer for certain, so such answers are believed only as often as there were datagrams that they can be about:
     * a loop that sends again ends.
     */
    private SocketErrorException attributed(SocketErrorException error, DatagramPath path) {
        boolean earlier = state.peer != null && isPending(error, path);
        if (earlier) {
            toldOfEarlier++;
        } else {
            tried++;
        }
        return earlier ? PendingErrors.ofEarlier(error) : error;
    }

    private boolean isPending(SocketErrorException error, DatagramPath path) {
        return switch (PendingErrors.origin(error, core.family)) {
            case OWN -> false;
            case EARLIER -> true;
            case EITHER -> toldOfEarlier < tried && PendingErrors.hasRoute(core.family, source(path), state.peer);
        };
    }

    private InetSocketAddress source(DatagramPath path) {
        return path == null || path.localAddress() == null
                ? core.local
                : new InetSocketAddress(path.localAddress(), core.local.getPort());
    }

    private void count(DatagramBatch batch, int to) {
        core.counters.sent(to, SocketCounters.bytes(batch, 0, to));
        tried += to;
    }

    private void released(boolean kept) {
        core.sending.wakeNext();
        if (kept) {
            state.wake();
        }
    }
}
