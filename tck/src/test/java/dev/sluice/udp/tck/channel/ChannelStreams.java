// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.channel;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;

/** The two streams of one call of {@code stream}, which end together (U3, U7). */
final class ChannelStreams {
    final ChannelSocket socket;
    final InetSocketAddress peer;
    final Network network;

    private final ChannelIncoming incoming;
    private final ChannelOutgoing outgoing;
    private volatile String end;

    ChannelStreams(ChannelSocket socket, InetSocketAddress peer, Network network) {
        this.socket = socket;
        this.peer = peer;
        this.network = network;
        this.incoming = new ChannelIncoming(this);
        this.outgoing = new ChannelOutgoing(this);
    }

    DatagramStreams pair() {
        return new DatagramStreams(incoming, outgoing);
    }

    void end(String reason) {
        end = reason;
    }

    boolean hasEnded() {
        return end != null;
    }

    void ensureLive() throws SocketErrorException {
        String reason = end;
        if (reason != null) {
            throw ChannelErrors.light(ErrorCode.INVALID_STATE, reason);
        }
    }

    boolean hasWaiters() {
        return incoming.subscribe().hasWaiters() || outgoing.subscribe().hasWaiters();
    }

    void checkWaiters() {
        incoming.subscribe().check();
        outgoing.subscribe().check();
    }

    void wake() {
        incoming.subscribe().wake();
        outgoing.subscribe().wake();
    }
}
