// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.net.Inet4Address;
import java.net.InetSocketAddress;

/** The family of a socket's addresses: {@code ip-address-family} of {@code wasi:sockets/network}. */
public enum IpAddressFamily {
    /** Version 4, 32-bit addresses. */
    IPV4(65_507),

    /**
     * Version 6, 128-bit addresses. A socket of this family never carries IPv4, not even by IPv4-mapped addresses
     * ({@link Rule#U1 U1}, {@link Rule#E1 E1}).
     */
    IPV6(65_527);

    private final int maxDatagramSize;

    IpAddressFamily(int maxDatagramSize) {
        this.maxDatagramSize = maxDatagramSize;
    }

    /**
     * The family of an address.
     *
     * @param address the address
     * @return its family
     * @throws SocketErrorException {@link ErrorCode#INVALID_ARGUMENT} if it is unresolved
     */
    public static IpAddressFamily of(InetSocketAddress address) throws SocketErrorException {
        if (address.isUnresolved()) {
            throw new SocketErrorException(
                    ErrorCode.INVALID_ARGUMENT, "the host name " + address.getHostString() + " is unresolved");
        }
        return address.getAddress() instanceof Inet4Address ? IPV4 : IPV6;
    }

    /**
     * The largest payload of one datagram, in bytes ({@link Rule#E6 E6}): 65 535 less the UDP header of 8 bytes, and
     * for IPv4 less the IP header of 20 bytes, which there counts towards the total length (RFC 768, RFC 791,
     * RFC 8200).
     *
     * @return 65 507 or 65 527
     */
    public int maxDatagramSize() {
        return maxDatagramSize;
    }
}
