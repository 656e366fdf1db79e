// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketOptions;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is set on a socket that sends. */
final class SendOptions {
    private static final int MOST = 255;

    @Option(names = "--broadcast", description = "Allow sending to a broadcast address (IPv4).")
    private boolean broadcast;

    @Option(names = "--ttl", paramLabel = "HOPS", description = "The hop limit, unicast and multicast: 1 to 255.")
    private Integer hops;

    @Option(
            names = "--tos",
            paramLabel = "BYTE",
            description = "The traffic class (DSCP and ECN): 0 to 255; 184 is expedited forwarding.")
    private Integer trafficClass;

    @Option(
            names = "--from",
            paramLabel = "HOST:PORT",
            description =
                    "The local address and port to send from; port 0 takes a free one. With any other, one address"
                            + " of --to is used to the end.")
    private HostPort from;

    @Mixin
    private BufferOptions buffers;

    /** What is wrong with them, or null. */
    String problem() {
        if (hops != null && (hops < 1 || hops > MOST)) {
            return "Invalid value for option '--ttl': " + hops + " is not within 1 to 255";
        }
        return trafficClass != null && (trafficClass < 0 || trafficClass > MOST)
                ? "Invalid value for option '--tos': " + trafficClass + " is not within 0 to 255"
                : null;
    }

    BufferOptions buffers() {
        return buffers;
    }

    /** Whether only one socket at a time can have the local address. */
    boolean hasFixedPort() {
        return from != null && from.port() != 0;
    }

    /** Where a socket is bound that is to send to an address. */
    InetSocketAddress source(InetSocketAddress remote) throws Failure {
        return from == null
                ? HostPort.wildcard(remote)
                : from.only(HostPort.family(remote)).resolve().get(0);
    }

    /** Sets them on a socket that is to send to an address. */
    void set(UdpSocket socket, InetSocketAddress remote) throws SocketErrorException {
        buffers.set(socket, 0);
        if (broadcast) {
            set(socket, "--broadcast", StandardSocketOptions.SO_BROADCAST, true);
        }
        if (trafficClass != null) {
            set(socket, "--tos", StandardSocketOptions.IP_TOS, trafficClass);
        }
        if (hops != null) {
            boolean multicast = remote.getAddress().isMulticastAddress();
            set(
                    socket,
                    "--ttl",
                    multicast ? StandardSocketOptions.IP_MULTICAST_TTL : UdpSocketOptions.UNICAST_HOP_LIMIT,
                    hops);
        }
    }

    private static <T> void set(UdpSocket socket, String name, SocketOption<T> option, T value)
            throws SocketErrorException {
        if (!socket.supportedOptions().contains(option)) {
            throw new SocketErrorException(
                    ErrorCode.NOT_SUPPORTED,
                    name + " can't be had over " + socket.addressFamily()
                            + " with this provider; --provider takes another");
        }
        socket.setOption(option, value);
    }
}
