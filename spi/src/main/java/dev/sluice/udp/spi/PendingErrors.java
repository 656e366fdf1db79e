// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/**
 * Tells whose error a call met (S8): its own datagram's, or one that was pending because of an earlier datagram, and that the
 * kernel reports before it does anything else. Only a socket with a peer has errors pending: without IP_RECVERR the kernel
 * keeps no others (udp(7)).
 */
final class PendingErrors {
    /** Linux's number of EPROTO, which an ICMP "parameter problem" is reported as, and which has no error code. */
    private static final int EPROTO = 71;

    private PendingErrors() {}

    /** The same error, told of an earlier datagram. */
    static SocketErrorException ofEarlier(SocketErrorException error) {
        if (error.concernsEarlierDatagram() || error.errorCode() == ErrorCode.INVALID_STATE) {
            return error;
        }
        SocketErrorException earlier = new SocketErrorException(
                error.errorCode(),
                error.getMessage() + ", of an earlier datagram",
                error.errno().orElse(0),
                error.getCause(),
                false,
                true);
        for (Throwable suppressed : error.getSuppressed()) {
            earlier.addSuppressed(suppressed);
        }
        return earlier;
    }

    /** Whose an error of sending can be: the errors that ICMP messages become (icmp_err_convert, icmpv6_err_convert). */
    enum Origin {
        /** What was tried failed itself. */
        OWN,
        /** A send never fails so of its own accord. */
        EARLIER,
        /** Either: a route that refuses answers with the same errors as a router far away. */
        EITHER
    }

    static Origin origin(SocketErrorException error, IpAddressFamily family) {
        int errno = error.errno().orElse(0);
        return switch (error.errorCode()) {
            case CONNECTION_REFUSED -> Origin.EARLIER;
            case REMOTE_UNREACHABLE ->
                errno == Errno.ENETDOWN.number()
                        ? Origin.OWN // of the link; no ICMP message becomes that
                        : errno == Errno.EHOSTUNREACH.number() || errno == Errno.ENETUNREACH.number() || errno == 0
                                ? Origin.EITHER
                                : Origin.EARLIER;
            case ACCESS_DENIED -> // EPERM is the firewall's, and IPv4 makes EHOSTUNREACH of "administratively
                // prohibited"
                family == IpAddressFamily.IPV6 && errno != Errno.EPERM.number() ? Origin.EITHER : Origin.OWN;
            case DATAGRAM_TOO_LARGE -> // what exceeds the protocol was refused before, and what exceeds the path is cut
                Origin.EITHER;
            case NOT_SUPPORTED -> Origin.EARLIER; // "protocol unreachable", "source route failed"
            case UNKNOWN -> errno == EPROTO ? Origin.EARLIER : Origin.OWN;
            default -> Origin.OWN;
        };
    }

    /**
     * Whether the system would send from here to there now, as far as routes are concerned. Asks without sending anything:
     * connect(2) looks the route up, and so refuses as a send would. If that can't be asked for, the answer is no.
     */
    static boolean hasRoute(IpAddressFamily family, InetSocketAddress local, InetSocketAddress peer) {
        StandardProtocolFamily protocol =
                family == IpAddressFamily.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        try (DatagramChannel probe = DatagramChannel.open(protocol)) {
            probe.bind(new InetSocketAddress(local.getAddress(), 0)); // rules may look at the source address
            probe.connect(peer);
            return true;
        } catch (IOException | RuntimeException refused) {
            return false;
        }
    }
}
