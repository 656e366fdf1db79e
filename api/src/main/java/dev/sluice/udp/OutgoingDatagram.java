// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One datagram to send: {@code outgoing-datagram} of {@code wasi:sockets/udp}.
 *
 * <p>The payload is what lies between the buffer's position and limit, which no method changes ({@link Rule#S7 S7}).
 * The buffer stays the caller's: it is read during {@code send} and forgotten afterwards, and one buffer may be the
 * payload of several datagrams. It may be empty: an empty datagram is a datagram.
 *
 * @param data the payload
 * @param remoteAddress where to; null for the stream's own peer
 * @param path where from, and its ECN bits ({@link Rule#O3 O3}); null to leave that to the socket. Needs
 *     {@link ProviderCapability#DATAGRAM_PATHS}
 */
public record OutgoingDatagram(ByteBuffer data, InetSocketAddress remoteAddress, DatagramPath path) {

    /**
     * A datagram.
     *
     * @param data the payload
     * @param remoteAddress where to; null for the stream's own peer
     * @param path where from, and its ECN bits; null to leave that to the socket
     * @throws NullPointerException if {@code data} is null
     */
    public OutgoingDatagram {
        Objects.requireNonNull(data, "data");
    }

    /**
     * A datagram.
     *
     * @param data the payload
     * @param remoteAddress where to; null for the stream's own peer
     */
    public OutgoingDatagram(ByteBuffer data, InetSocketAddress remoteAddress) {
        this(data, remoteAddress, null);
    }

    /**
     * A datagram to the stream's own peer.
     *
     * @param data the payload
     */
    public OutgoingDatagram(ByteBuffer data) {
        this(data, null, null);
    }
}
