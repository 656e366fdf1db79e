// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is moved: a list of datagrams, over and over. Destinations and sizes repeat along the list.
 *
 * @param destinations for receivers: where they are bound, without a port
 * @param connected whether the socket has the (only) destination as its peer
 */
record Load(Place place, int list, List<Integer> sizes, List<InetSocketAddress> destinations, boolean connected) {

    int size(int index) {
        return sizes.get(index % sizes.size());
    }

    InetSocketAddress destination(int index) {
        return destinations.get(index % destinations.size());
    }

    /** The destination as a call on this socket wants it: none if it is the peer. */
    InetSocketAddress remote(int index) {
        return connected ? null : destination(index);
    }

    /** Where receivers are bound. */
    InetAddress receiverHost() {
        return destination(0).getAddress();
    }

    /** One buffer for each datagram of the list, each with memory of its own. */
    ByteBuffer[] heapBuffers() {
        return IntStream.range(0, list)
                .mapToObj(i -> ByteBuffer.allocate(size(i)))
                .toArray(ByteBuffer[]::new);
    }

    int bytes() {
        return IntStream.range(0, list).map(this::size).sum();
    }

    /** How many datagrams of the first one's size fit into one GSO send. */
    int segments() {
        return Math.min(Machine.kernelSegments(), 65_507 / size(0));
    }

    /** As the C reference reads it. */
    String forReference() {
        return "%d %d %s %s"
                .formatted(
                        connected ? 1 : 0,
                        list,
                        destinations.stream()
                                .map(d -> d.getAddress().getHostAddress() + ":" + d.getPort())
                                .collect(Collectors.joining(",")),
                        sizes.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
}
