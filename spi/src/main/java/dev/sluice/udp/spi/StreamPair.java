// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.Network;
import java.net.InetSocketAddress;

/** The two streams of one {@code stream} call, which end together (U3, U7). */
final class StreamPair {
    private final StreamState state;
    private final DatagramStreams streams;

    StreamPair(DefaultUdpSocket socket, SocketCore core, InetSocketAddress peer, Network network) {
        state = new StreamState(socket, core, peer, network);
        OutgoingStream outgoing = new OutgoingStream(state);
        IncomingStream incoming = new IncomingStream(state);
        state.wakes(outgoing.subscribe(), incoming.subscribe());
        streams = new DatagramStreams(incoming, outgoing);
    }

    DatagramStreams streams() {
        return streams;
    }

    /** Called under both locks; {@link #wake} is to follow outside of them. */
    void end(String reason) {
        state.end(reason);
    }

    /** Runs foreign code: under no lock. */
    void wake() {
        state.wake();
    }
}
