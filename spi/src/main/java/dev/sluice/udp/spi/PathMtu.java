// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.IpAddressFamily;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** How much payload a packet takes that isn't to be fragmented, for {@link SendCalls}. */
public final class PathMtu {
    /** Bytes of IP and UDP header. */
    private static final int IPV4_OVERHEAD = 28;

    private static final int IPV6_OVERHEAD = 48;

    private PathMtu() {}

    /**
     * What an MTU leaves for the payload.
     *
     * @param family of the addresses
     * @param mtu the bytes of a packet
     * @return the bytes of its payload
     */
    public static int payload(IpAddressFamily family, int mtu) {
        return mtu - (family == IpAddressFamily.IPV6 ? IPV6_OVERHEAD : IPV4_OVERHEAD);
    }

    /**
     * What the device takes that has an address.
     *
     * @param family of the address
     * @param local a specific address of this machine
     * @return the bytes of a payload; {@link Integer#MAX_VALUE} if it isn't known
     */
    public static int devicePayload(IpAddressFamily family, InetSocketAddress local) {
        try {
            NetworkInterface device = NetworkInterface.getByInetAddress(local.getAddress());
            return device == null ? Integer.MAX_VALUE : payload(family, device.getMTU());
        } catch (SocketException e) {
            return Integer.MAX_VALUE;
        }
    }
}
