// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import dev.sluice.udp.IpAddressFamily;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;

/** The two families, and what differs between them in addresses, protocols and counters. */
enum Family {
    IPV4(IpAddressFamily.IPV4, StandardProtocolFamily.INET, "0.0.0.0", "10.77.%d.%d"),
    IPV6(IpAddressFamily.IPV6, StandardProtocolFamily.INET6, "::", "fd77:%d::%d");

    final IpAddressFamily family;
    final ProtocolFamily protocol;
    private final String any;
    private final String address;

    Family(IpAddressFamily family, ProtocolFamily protocol, String any, String address) {
        this.family = family;
        this.protocol = protocol;
        this.any = any;
        this.address = address;
    }

    static Family of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    /** Every interface, a free port. */
    InetSocketAddress any() {
        return at(any, 0);
    }

    /** This end of a link. */
    InetSocketAddress near(Link link, int port) {
        return at(nearHost(link), port);
    }

    /** The peer's end of a link. */
    InetSocketAddress far(Link link, int port) {
        return at(farHost(link), port);
    }

    String nearHost(Link link) {
        return String.format(address, link.number(), 1);
    }

    String farHost(Link link) {
        return String.format(address, link.number(), 2);
    }

    private static InetSocketAddress at(String host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
