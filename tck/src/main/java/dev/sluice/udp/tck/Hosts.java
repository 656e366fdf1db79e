// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import dev.sluice.udp.IpAddressFamily;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** Addresses that the tests use, made from bytes without a name service. */
final class Hosts {
    private Hosts() {}

    static InetAddress loopback(IpAddressFamily family) {
        return family == IpAddressFamily.IPV4 ? ip4(127, 0, 0, 1) : ip6("00000000000000000000000000000001", 0);
    }

    static InetAddress unspecified(IpAddressFamily family) {
        return family == IpAddressFamily.IPV4 ? ip4(0, 0, 0, 0) : ip6("00000000000000000000000000000000", 0);
    }

    /** An address of no machine: reserved for documentation (RFC 5737, RFC 3849). */
    static InetAddress foreign(IpAddressFamily family) {
        return family == IpAddressFamily.IPV4 ? ip4(192, 0, 2, 1) : ip6("20010db8000000000000000000000001", 0);
    }

    static IpAddressFamily other(IpAddressFamily family) {
        return family == IpAddressFamily.IPV4 ? IpAddressFamily.IPV6 : IpAddressFamily.IPV4;
    }

    static InetAddress ip4(int a, int b, int c, int d) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** Keeps IPv4-mapped addresses, which {@link InetAddress#getByAddress(byte[])} turns into IPv4. */
    static Inet6Address ip6(String hex, int scope) {
        try {
            return Inet6Address.getByAddress(null, HexFormat.of().parseHex(hex), scope);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
