// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.net.SocketOption;
import java.net.StandardSocketOptions;

/**
 * Options of a {@link UdpSocket} that the JDK has no name for ({@link Rule#O1 O1}). Those of {@link StandardSocketOptions}
 * that concern UDP are used by their own names.
 */
public final class UdpSocketOptions {
    /**
     * The hop limit (time to live) of outgoing unicast datagrams, 1 to 255: as {@link UdpSocket#setUnicastHopLimit}. That of
     * multicast is {@link StandardSocketOptions#IP_MULTICAST_TTL}.
     */
    public static final SocketOption<Integer> UNICAST_HOP_LIMIT = new Option<>("UNICAST_HOP_LIMIT", Integer.class);

    /**
     * Whether datagrams leave whole or not at all: one that is larger than the path takes is
     * {@link ErrorCode#DATAGRAM_TOO_LARGE} instead of being fragmented (IP_MTU_DISCOVER in ip(7)). Off at first.
     */
    public static final SocketOption<Boolean> DONT_FRAGMENT = new Option<>("DONT_FRAGMENT", Boolean.class);

    /**
     * Whether runs of datagrams may leave in one system call, as one packet that the kernel or the device segments
     * (UDP_SEGMENT in udp(7)). On at first, where the provider has {@link ProviderCapability#SEGMENTATION_OFFLOAD}. It makes
     * no difference but in time, and in what looks at packets on the way out: packet counters, captures, firewalls.
     */
    public static final SocketOption<Boolean> SEGMENTATION_OFFLOAD =
            new Option<>("SEGMENTATION_OFFLOAD", Boolean.class);

    /** The most datagrams that leave as one packet so, 1 to 128. At first as many as the kernel takes. */
    public static final SocketOption<Integer> MAX_SEGMENTS = new Option<>("MAX_SEGMENTS", Integer.class);

    /**
     * Whether datagrams are received with their path: the local address and interface they came to, and their ECN bits
     * ({@link Rule#O3 O3}; IP_PKTINFO and IP_RECVTOS in ip(7)). Off at first. What has arrived before it is set may be without,
     * or lack a part; so set it before {@code bind}. Where the provider has {@link ProviderCapability#DATAGRAM_PATHS}.
     *
     * @see IncomingDatagram#path()
     * @see DatagramBatch#path(int)
     */
    public static final SocketOption<Boolean> RECEIVE_PATH = new Option<>("RECEIVE_PATH", Boolean.class);

    private UdpSocketOptions() {}

    private record Option<T>(String name, Class<T> type) implements SocketOption<T> {
        @Override
        public String toString() {
            return name;
        }
    }
}
