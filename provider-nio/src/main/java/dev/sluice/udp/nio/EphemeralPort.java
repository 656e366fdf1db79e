// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.spi.Errno;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/**
 * Binds, and makes an ephemeral port last. One that the kernel picked itself is lost when the peer is dropped (connect(2)
 * with AF_UNSPEC unbinds what was never bound explicitly), so port 0 becomes a definite one first: one that a temporary
 * channel was given.
 */
final class EphemeralPort {
    /** How often another process may be faster in taking the port. */
    private static final int ATTEMPTS = 32;

    private EphemeralPort() {}

    static void bind(DatagramChannel channel, IpAddressFamily family, InetSocketAddress local) throws IOException {
        if (local.getPort() != 0) {
            channel.bind(local);
            return;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                channel.bind(new InetSocketAddress(local.getAddress(), freePort(family, local)));
                return;
            } catch (BindException e) {
                if (attempt == ATTEMPTS || NioErrors.errno(e) != Errno.EADDRINUSE) {
                    throw e;
                }
            }
        }
    }

    private static int freePort(IpAddressFamily family, InetSocketAddress local) throws IOException {
        try (DatagramChannel temporary = DatagramChannel.open(protocol(family))) {
            temporary.bind(local);
            return ((InetSocketAddress) temporary.getLocalAddress()).getPort();
        }
    }

    /** The JDK's name of a family. */
    static ProtocolFamily protocol(IpAddressFamily family) {
        return family == IpAddressFamily.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }
}
