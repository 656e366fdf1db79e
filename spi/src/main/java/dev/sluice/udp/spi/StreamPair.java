package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;

/** The two streams of one {@code stream} call, which end together (U3, U7). */
final class StreamPair {
    final SocketCore core;

    /** Of the pair and not of the socket: an error concerns the peer that it had then. */
    final KeptError kept = new KeptError();

    final InetSocketAddress peer;
    final Network network;

    private final OutgoingStream outgoing;
    private final IncomingStream incoming;
    private volatile String end;

    StreamPair(SocketCore core, InetSocketAddress peer, Network network) {
        this.core = core;
        this.peer = peer;
        this.network = network;
        this.outgoing = new OutgoingStream(this);
        this.incoming = new IncomingStream(this);
    }

    DatagramStreams streams() {
        return new DatagramStreams(incoming, outgoing);
    }

    boolean hasEnded() {
        return end != null;
    }

    void ensureLive() throws SocketErrorException {
        String reason = end;
        if (reason != null) {
            throw SocketErrors.light(ErrorCode.INVALID_STATE, reason);
        }
    }

    /** Called under both locks; {@link #wake} is to follow outside of them. */
    void end(String reason) {
        end = reason;
    }

    /** Who waits finds the streams ended, or an error kept (P2). Runs foreign code: under no lock. */
    void wake() {
        outgoing.subscribe().wake();
        incoming.subscribe().wake();
    }
}
