// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One datagram that arrived: {@code incoming-datagram} of {@code wasi:sockets/udp}.
 *
 * <p>The buffer belongs to the receiving application: it is backed by an array of exactly the payload's bytes, which nothing
 * else refers to.
 *
 * @param data the payload, from position 0 to the limit; it may be empty
 * @param remoteAddress where it came from
 * @param path where it came to, and its ECN bits, where {@link UdpSocketOptions#RECEIVE_PATH asked for} ({@link Rule#O3 O3});
 *     else null
 */
public record IncomingDatagram(ByteBuffer data, InetSocketAddress remoteAddress, DatagramPath path) {

    /**
     * A datagram.
     *
     * @param data the payload
     * @param remoteAddress where it came from
     * @param path where it came to, and its ECN bits; null if that isn't known
     * @throws NullPointerException if one of the first two is null
     */
    public IncomingDatagram {
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(remoteAddress, "remoteAddress");
    }

    /**
     * A datagram of which nothing else is known.
     *
     * @param data the payload
     * @param remoteAddress where it came from
     */
    public IncomingDatagram(ByteBuffer data, InetSocketAddress remoteAddress) {
        this(data, remoteAddress, null);
    }

    /**
     * An answer: to where this one came from and, if its path is known, from the address that was asked
     * ({@link Rule#O3 O3}). A client that hears only the address it asked gets it also from a host with several.
     *
     * @param answer the payload
     * @return a datagram to send
     */
    public OutgoingDatagram reply(ByteBuffer answer) {
        return new OutgoingDatagram(answer, remoteAddress, path == null ? null : path.back());
    }
}
