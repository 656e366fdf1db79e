// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.async;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.Network;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;

/** The socket's state, and the pair of streams that is its present one: each change of the peer makes another (U3). */
final class Streams {
    final UdpSocket socket;
    private final Network network;
    private final InetSocketAddress anyAddress;

    // Written under this object's monitor.
    private volatile boolean bound;
    private volatile InetSocketAddress peer;

    /** Null while unbound, and after a change of the peer that failed. */
    private volatile DatagramStreams current;

    private volatile boolean changing;

    Streams(UdpSocket socket, Network network, InetSocketAddress anyAddress) {
        this.socket = socket;
        this.network = network;
        this.anyAddress = anyAddress;
    }

    synchronized void bind(InetSocketAddress local) throws SocketErrorException {
        socket.bind(network, local);
        bound = true;
    }

    void bindIfUnbound() throws SocketErrorException {
        if (!bound) {
            bindOnce();
        }
    }

    private synchronized void bindOnce() throws SocketErrorException {
        if (!bound) {
            bind(anyAddress);
        }
    }

    synchronized void connect(InetSocketAddress remote) throws SocketErrorException {
        bindIfUnbound();
        change(remote);
    }

    synchronized void disconnect() throws SocketErrorException {
        if (peer == null) {
            throw new SocketErrorException(ErrorCode.INVALID_STATE, "disconnect: the socket is not connected");
        }
        change(null);
    }

    /** One that is refused ends the former pair, too, and may leave the socket without a peer (U3): the socket knows. */
    private void change(InetSocketAddress remote) throws SocketErrorException {
        changing = true;
        try {
            current = socket.stream(remote);
            peer = remote;
        } catch (SocketErrorException e) {
            InetSocketAddress left = peerOfSocket();
            current = null;
            peer = left;
            throw e;
        } finally {
            changing = false;
        }
    }

    private InetSocketAddress peerOfSocket() {
        try {
            return socket.remoteAddress();
        } catch (SocketErrorException none) {
            return null;
        }
    }

    /** Whether to wait with what there is to do: what changes the peer asks for it afterwards. */
    boolean areChanging() {
        return changing;
    }

    InetSocketAddress peer() {
        return peer;
    }

    OutgoingDatagramStream outgoing() throws SocketErrorException {
        return pair().outgoing();
    }

    IncomingDatagramStream incoming() throws SocketErrorException {
        return pair().incoming();
    }

    private DatagramStreams pair() throws SocketErrorException {
        DatagramStreams pair = current;
        return pair != null ? pair : make();
    }

    private synchronized DatagramStreams make() throws SocketErrorException {
        if (current == null) {
            current = socket.stream(peer); // invalid-state if unbound, or closed
        }
        return current;
    }

    /** Whether a stream is not the present one, and so invalid-state is no answer to the caller. Waits for a change. */
    synchronized boolean haveReplaced(Object stream) {
        DatagramStreams pair = current;
        return stream != null && (pair == null || stream != pair.outgoing() && stream != pair.incoming());
    }
}
