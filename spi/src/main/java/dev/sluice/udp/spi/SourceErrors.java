// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.Set;

/**
 * Errors of datagrams whose source address was chosen (O5). What a system answers where it doesn't have that address depends
 * on its version and on the family, and may look like a network that can't be reached; so, behind such an error, it is asked.
 */
final class SourceErrors {
    /** What Linux answers: IPv6 and older kernels the first, newer ones the second. */
    private static final Set<Integer> SUSPECT =
            Set.of(Errno.EINVAL.number(), Errno.ENETUNREACH.number(), Errno.EADDRNOTAVAIL.number());

    private SourceErrors() {}

    /**
     * The error of a datagram that failed.
     *
     * @param path the datagram's, or null
     * @return address-not-bindable if that is the reason, else null
     */
    static SocketErrorException missing(SocketErrorException error, IpAddressFamily family, DatagramPath path) {
        InetAddress source = path == null ? null : path.localAddress();
        if (source == null || !SUSPECT.contains(error.errno().orElse(0)) || isBindable(family, source)) {
            return null;
        }
        return new SocketErrorException(
                ErrorCode.ADDRESS_NOT_BINDABLE,
                "send: " + source.getHostAddress() + " is not an address of this host",
                error.errno().orElse(0),
                error,
                false);
    }

    /** If that can't be asked for, the answer is yes. */
    private static boolean isBindable(IpAddressFamily family, InetAddress source) {
        StandardProtocolFamily protocol =
                family == IpAddressFamily.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        try (DatagramChannel probe = DatagramChannel.open(protocol)) {
            probe.bind(new InetSocketAddress(source, 0));
            return true;
        } catch (BindException missing) {
            return false;
        } catch (IOException | RuntimeException unknown) {
            return true;
        }
    }
}
