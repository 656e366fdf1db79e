// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.jfr.EventSource;
import java.io.IOException;
import java.net.InetSocketAddress;

/** What the two streams of one {@code stream} call share: their peer, their end (U3, U7), and errors kept for them. */
final class StreamState implements EventSource {
    static final String CLOSED = "the socket is closed";

    /** Here so that whatever holds a stream, a pollable or a registration keeps the socket from being collected (U7). */
    final DefaultUdpSocket socket;

    final SocketCore core;

    /** The socket's while this pair lives; a later one may have another. */
    final DatagramTransport transport;

    final InetSocketAddress peer;
    final Network network;

    /** Of the pair and not of the socket: an error concerns the peer that the socket had then. */
    final KeptError kept = new KeptError();

    /** Set once, before the streams are handed out. */
    private StreamPollable[] pollables = {};

    private volatile String end;

    StreamState(DefaultUdpSocket socket, SocketCore core, InetSocketAddress peer, Network network) {
        this.socket = socket;
        this.core = core;
        this.transport = core.transport;
        this.peer = peer;
        this.network = network;
    }

    void wakes(StreamPollable... pollables) {
        this.pollables = pollables;
    }

    boolean isRestricted() {
        return network != Network.unrestricted();
    }

    boolean hasEnded() {
        return reason() != null;
    }

    /** Why they have ended, or null. A socket is closed without them when it was dropped, and its provider stops. */
    private String reason() {
        String reason = end;
        return reason == null && core.isClosed() ? CLOSED : reason;
    }

    /** Whether the streams are ready without the kernel being asked: they have ended, or an error is kept (P2). */
    boolean isReady() {
        return hasEnded() || kept.isPresent();
    }

    void ensureLive() throws SocketErrorException {
        String reason = reason();
        if (reason != null) {
            throw SocketErrors.light(ErrorCode.INVALID_STATE, reason);
        }
    }

    /** Called under both locks; {@link #wake} is to follow outside of them. */
    void end(String reason) {
        end = reason;
    }

    /**
     * Asks the transport for one direction, under its lock. An error that asking consumed is kept, and {@link #wake} is to
     * follow outside of the lock.
     */
    boolean ask(int interest, Operation operation) {
        try {
            return (transport.readiness(interest) & interest) != 0;
        } catch (IOException e) {
            kept.keep(SocketErrors.of(operation, e));
            return true;
        }
    }

    /** Runs the actions of those that wait for either stream: it has ended, or an error is kept. Under no lock (U8). */
    void wake() {
        for (StreamPollable pollable : pollables) {
            pollable.wake();
        }
    }

    void wakeIfKept() {
        if (kept.isPresent()) {
            wake();
        }
    }

    @Override
    public long socketNumber() {
        return core.socketNumber();
    }

    @Override
    public String localText() {
        return core.localText();
    }

    @Override
    public String peerText() {
        return peer == null ? null : Addresses.text(peer);
    }

    /** What a stream or its pollable says of itself, for logging. */
    String describe(String what) {
        String reason = reason();
        return "udp " + what + " " + Addresses.text(core.local) + (peer == null ? "" : " <-> " + Addresses.text(peer))
                + (reason == null ? "" : " (" + reason + ")");
    }
}
