// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * What datagrams of one stream may be sent with besides an address: O3 and O5, before any system call and under no lock. What
 * it says of a path depends on nothing else, so a path object that has passed is not looked at again while it repeats.
 */
final class PathCheck {
    private final IpAddressFamily family;
    private final Network network;
    private final boolean unrestricted;
    private final DatagramTransport transport;
    private final int port;

    /** The last path object that passed. Immutable, so threads may race for it. */
    private DatagramPath passed;

    /**
     * A check for one stream.
     *
     * @param transport that is to send
     * @param port that the socket is bound to
     */
    PathCheck(IpAddressFamily family, Network network, DatagramTransport transport, int port) {
        this.family = family;
        this.network = network;
        this.unrestricted = network == Network.unrestricted();
        this.transport = transport;
        this.port = port;
    }

    /** A new send begins: the network is to be asked again. */
    void begin() {
        if (!unrestricted) {
            passed = null;
        }
    }

    /** Why a datagram with a path can't be sent, or null if it can. */
    SocketErrorException refusal(DatagramPath path) {
        return path == null || path == passed ? null : refusalOfAnother(path);
    }

    private SocketErrorException refusalOfAnother(DatagramPath path) {
        SocketErrorException refusal = refusalAnew(path);
        if (refusal == null) {
            passed = path;
        }
        return refusal;
    }

    /** The same, also if that path has just passed. */
    SocketErrorException refusalAnew(DatagramPath path) {
        if (path == null) {
            return null;
        }
        if (!transport.supportedOptions().contains(TransportOption.RECEIVE_PATHS)) {
            return SocketErrors.light(
                    ErrorCode.NOT_SUPPORTED,
                    "this provider chooses neither the local address of a datagram nor its traffic class");
        }
        InetAddress source = path.localAddress();
        if (source == null) {
            return null;
        }
        String problem = Addresses.sourceProblem(family, source, path.interfaceIndex());
        if (problem != null) {
            return SocketErrors.light(ErrorCode.INVALID_ARGUMENT, problem);
        }
        return unrestricted || network.mayBind(new InetSocketAddress(source, port))
                ? null
                : SocketErrors.light(
                        ErrorCode.ACCESS_DENIED, "the network does not allow sending from " + source.getHostAddress());
    }
}
