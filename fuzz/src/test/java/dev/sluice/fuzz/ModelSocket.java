// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fuzz;

import dev.sluice.udp.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a socket is by the specification: unbound, bound, streaming with a peer or without, closed. */
final class ModelSocket {
    /** A datagram that has arrived. */
    record Arrived(InetSocketAddress source, int number, int length) {}

    boolean closed;
    Network network;
    InetSocketAddress bound;

    /** As the kernel has it: a refused {@code stream} leaves it, one that fails in the kernel drops it (U3). */
    InetSocketAddress peer;

    /** Counts {@code stream} calls on a bound socket: a pair of an earlier one has ended. */
    int pair;

    boolean hasPair;
    int permit;

    /** How many refusals must and may still be told (S2, S8). */
    int leastErrors;

    int mostErrors;

    final Deque<Arrived> queue = new ArrayDeque<>();
    long sent;
    long received;
    long dropped;

    boolean isBound() {
        return bound != null;
    }

    /** Whether a pair of streams is the latest of a socket that isn't closed. */
    boolean isLive(int ofPair) {
        return !closed && hasPair && ofPair == pair;
    }

    /** Whether the kernel delivers to this socket what comes from a source to a destination. */
    boolean takes(InetSocketAddress source, InetSocketAddress destination, Addresses addresses) {
        return !closed
                && isBound()
                && bound.getPort() == destination.getPort()
                && (local(addresses) == null || local(addresses).equals(destination.getAddress()))
                && (peer == null || peer.equals(source));
    }

    /** The host that it sends from to another. */
    InetAddress sourceTo(InetAddress remote, Addresses addresses) {
        InetAddress local = local(addresses);
        return local == null ? addresses.sourceTo(remote) : local;
    }

    /** The one host that it has, or null for all: with a peer the kernel chooses one. */
    private InetAddress local(Addresses addresses) {
        if (!bound.getAddress().isAnyLocalAddress()) {
            return bound.getAddress();
        }
        return peer == null ? null : addresses.sourceTo(peer.getAddress());
    }

    /** Whether it stands in the way of another that binds to the same port. */
    boolean overlaps(InetAddress host, Addresses addresses) {
        InetAddress local = local(addresses);
        return host.isAnyLocalAddress() || local == null || local.equals(host);
    }

    /** Whether a pair with a peer, or the network, lets a source's datagrams through (U4, R4). */
    boolean admits(InetSocketAddress source) {
        return (peer == null || peer.equals(source)) && network.mayReceiveFrom(source);
    }

    void forgetErrors() {
        leastErrors = 0;
        mostErrors = 0;
    }

    void errorTold() {
        leastErrors = Math.max(0, leastErrors - 1);
        mostErrors--;
    }
}
