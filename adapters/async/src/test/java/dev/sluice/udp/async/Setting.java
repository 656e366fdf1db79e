// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.async;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.stream.Stream;

/** A provider, and a family. */
record Setting(UdpSocketProvider provider, IpAddressFamily family) {

    static Stream<Setting> all() {
        return UdpSockets.providers().stream().flatMap(provider -> Arrays.stream(IpAddressFamily.values())
                .map(family -> new Setting(provider, family)));
    }

    InetSocketAddress loopback(int port) {
        try {
            return new InetSocketAddress(
                    InetAddress.getByName(family == IpAddressFamily.IPV6 ? "::1" : "127.0.0.1"), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return provider.name() + " " + family;
    }
}
