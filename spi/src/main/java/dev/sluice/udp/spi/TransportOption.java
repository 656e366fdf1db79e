// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.Rule;

/**
 * The options of a transport ({@link Rule#U6 U6}, {@link Rule#O1 O1}). Values are what the application means, not what the
 * system's call takes, and have been checked; a switch is 1 or 0. One that concerns a family is the one of the transport's.
 */
public enum TransportOption {
    /** The hop limit of unicast datagrams, 1 to 255. */
    UNICAST_HOP_LIMIT,
    /** The kernel's receive buffer in bytes, as asked for: where the system doubles it, the transport halves. */
    RECEIVE_BUFFER_SIZE,
    /** The kernel's send buffer in bytes, likewise. */
    SEND_BUFFER_SIZE,
    /** Whether datagrams may be sent to a broadcast address. */
    BROADCAST,
    /** Whether the port may be bound while another socket has it that allows it, too. */
    REUSE_ADDRESS,
    /** Whether several sockets may have the port, and share what arrives. */
    REUSE_PORT,
    /** The traffic class (type of service) of what is sent, 0 to 255. */
    TRAFFIC_CLASS,
    /** The index of the interface through which multicast leaves. Only set, never read. */
    MULTICAST_INTERFACE,
    /** The hop limit of multicast datagrams, 0 to 255. */
    MULTICAST_HOP_LIMIT,
    /** Whether multicast datagrams are delivered on the sending host, too. */
    MULTICAST_LOOP,
    /** Whether datagrams that are larger than the path takes are refused instead of fragmented. */
    DONT_FRAGMENT,
    /** Whether runs may leave as one packet. */
    SEGMENTATION_OFFLOAD,
    /** The most datagrams of such a packet, 1 to 128. */
    MAX_SEGMENTS,
    /**
     * Whether datagrams are received with their {@linkplain dev.sluice.udp.DatagramBatch#path paths}. A transport that has it
     * sends with them, too ({@link Rule#O3 O3}); to one without, the SPI gives none.
     */
    RECEIVE_PATHS
}
