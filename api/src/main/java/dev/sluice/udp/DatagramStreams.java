// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.util.Objects;

/**
 * The pair of streams of a bound socket, as {@link UdpSocket#stream} returns it. They have no {@code close} of their
 * own: they end with the socket, or when the next pair supersedes them ({@link Rule#U3 U3}).
 *
 * @param incoming what arrives
 * @param outgoing what is sent
 */
public record DatagramStreams(IncomingDatagramStream incoming, OutgoingDatagramStream outgoing) {

    /**
     * A pair.
     *
     * @param incoming what arrives
     * @param outgoing what is sent
     * @throws NullPointerException if one of the two is null
     */
    public DatagramStreams {
        Objects.requireNonNull(incoming, "incoming");
        Objects.requireNonNull(outgoing, "outgoing");
    }
}
