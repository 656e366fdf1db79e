// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The sockets on which a command receives. */
final class Listening implements AutoCloseable {
    /** Every interface, of both families. */
    static final String EVERYWHERE = "*";

    private final List<UdpSocket> sockets = new ArrayList<>();

    /** Binds a socket for each name, or none at all. */
    Listening(UdpSocketProvider provider, List<HostPort> names) throws Failure, SocketErrorException {
        boolean done = false;
        try {
            for (HostPort name : names) {
                if (name.host().equals(EVERYWHERE)) {
                    openBoth(provider, name);
                } else {
                    sockets.add(open(provider, name));
                }
            }
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /** A socket has one family: two of them, on one port. Without IPv6 one suffices. */
    private void openBoth(UdpSocketProvider provider, HostPort name) throws Failure, SocketErrorException {
        if (name.family() == null && !provider.capabilities().contains(ProviderCapability.V6ONLY_BIND)) {
            throw new Failure("through " + provider.name() + " a socket on [::] takes the port of both families: --bind"
                    + " 0.0.0.0 and [::] with two ports, or choose another --provider");
        }
        int port = name.port();
        if (name.family() != IpAddressFamily.IPV6) {
            UdpSocket first = open(provider, new HostPort("0.0.0.0", port));
            sockets.add(first);
            port = first.localAddress().getPort();
        }
        if (name.family() == IpAddressFamily.IPV4) {
            return;
        }
        try {
            sockets.add(provider.open(new InetSocketAddress("::", port)));
        } catch (SocketErrorException e) {
            if (e.errorCode() != ErrorCode.NOT_SUPPORTED || sockets.isEmpty()) {
                throw new Failure(Explanations.ofReceiving(e, new InetSocketAddress("::", port)));
            }
        }
    }

    /** Bound to the first address of the name for which that is possible. */
    private static UdpSocket open(UdpSocketProvider provider, HostPort name) throws Failure {
        String problem = null;
        for (InetSocketAddress local : name.resolve()) {
            if (local.getAddress().isMulticastAddress()) {
                throw new Failure(HostPort.text(local) + " is a multicast group: --bind an address of this machine,"
                        + " or 0.0.0.0 or [::], and --join the group");
            }
            try {
                return provider.open(local);
            } catch (SocketErrorException e) {
                problem = problem == null ? Explanations.ofReceiving(e, local) : problem;
            }
        }
        throw new Failure(problem);
    }

    List<UdpSocket> sockets() {
        return sockets;
    }

    /** Where, as a user would write it. */
    String addresses() throws SocketErrorException {
        List<InetSocketAddress> locals = new ArrayList<>();
        for (UdpSocket socket : sockets) {
            locals.add(socket.localAddress());
        }
        return locals.stream().map(HostPort::text).collect(Collectors.joining(" and "));
    }

    /** Which also wakes threads that receive. */
    @Override
    public void close() {
        sockets.forEach(UdpSocket::close);
    }
}
