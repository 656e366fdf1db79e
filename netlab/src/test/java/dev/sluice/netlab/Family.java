// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import dev.sluice.udp.IpAddressFamily;
import java.net.InetSocketAddress;

/** The two families, with what a test needs of each. */
enum Family {
    IPV4(IpAddressFamily.IPV4, "0.0.0.0", "127.0.0.1"),
    IPV6(IpAddressFamily.IPV6, "::", "::1");

    final IpAddressFamily address;
    private final String any;
    private final String loopback;

    Family(IpAddressFamily address, String any, String loopback) {
        this.address = address;
        this.any = any;
        this.loopback = loopback;
    }

    /** Every interface, a free port. */
    InetSocketAddress any() {
        return Lab.address(any, 0);
    }

    /** A port of this host. */
    InetSocketAddress loopback(int port) {
        return Lab.address(loopback, port);
    }
}
