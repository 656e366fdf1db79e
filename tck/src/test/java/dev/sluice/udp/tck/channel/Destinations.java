// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.channel;

import dev.sluice.udp.IpAddressFamily;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Which addresses are acceptable (E1 to E3), and which are the same (E4). */
final class Destinations {
    private Destinations() {}

    /** What is wrong with a local address, or null. */
    static String localProblem(IpAddressFamily family, InetSocketAddress address) {
        boolean right = family == IpAddressFamily.IPV4
                ? address.getAddress() instanceof Inet4Address
                : address.getAddress() instanceof Inet6Address six && !embedsIpv4(six);
        return right ? null : address + " is not an address of " + family; // nor is one that is unresolved
    }

    /** What is wrong with a remote address, or null. */
    static String remoteProblem(IpAddressFamily family, InetSocketAddress address) {
        String problem = localProblem(family, address);
        if (problem != null) {
            return problem;
        }
        if (address.getAddress().isAnyLocalAddress()) {
            return address + " is the unspecified address";
        }
        return address.getPort() == 0 ? address + " has port 0" : null;
    }

    /** Whether it is IPv4-mapped or IPv4-compatible (RFC 4291, 2.5.5). */
    private static boolean embedsIpv4(Inet6Address address) {
        if (address.isAnyLocalAddress() || address.isLoopbackAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == bytes[11] && (bytes[10] == 0 || bytes[10] == (byte) 0xff);
    }

    /** As the kernel compares: the scope id counts for link-local addresses, and is ignored elsewhere. */
    static boolean same(InetSocketAddress one, InetSocketAddress other) {
        return one.equals(other) && scope(one.getAddress()) == scope(other.getAddress());
    }

    private static int scope(InetAddress address) {
        boolean counts = address.isLinkLocalAddress() || address.isMCLinkLocal() || address.isMCNodeLocal();
        return counts && address instanceof Inet6Address six ? six.getScopeId() : 0;
    }
}
