// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Turns Netty's addresses into the JDK's own, as {@code DatagramChannel} would have made them. */
final class PlainAddress {
    private PlainAddress() {}

    /**
     * The same address, of the JDK's class and without the scope id "0" that Netty gives every IPv6 address: no
     * address has that scope, yet it would be shown, as in {@code ::1%0}.
     */
    static InetSocketAddress of(InetSocketAddress netty) {
        return new InetSocketAddress(withoutScopeZero(netty.getAddress()), netty.getPort());
    }

    private static InetAddress withoutScopeZero(InetAddress address) {
        if (!(address instanceof Inet6Address six) || six.getScopeId() != 0) {
            return address;
        }
        try {
            return InetAddress.getByAddress(six.getAddress());
        } catch (UnknownHostException e) {
            throw new AssertionError(e); // thrown only for a wrong number of bytes
        }
    }
}
