// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fuzz;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Map;

/** The addresses of one family that scripts use, in a namespace that has a loopback interface and nothing else. */
final class Addresses {
    private static final int CLOSED_PORT = 9;
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
    private static final int LOOPBACK_INTERFACE = 1;

    final IpAddressFamily family;

    /** Two hosts that are this machine. */
    final InetAddress[] hosts;

    final InetAddress any;
    final InetSocketAddress closed;
    final InetSocketAddress unreachable;
    final InetSocketAddress otherFamily;
    final InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.example", CLOSED_PORT);

    private final Map<InetAddress, InetAddress> sources = new HashMap<>();

    Addresses(IpAddressFamily family) {
        this.family = family;
        boolean four = family == IpAddressFamily.IPV4;
        hosts = new InetAddress[] {host(four ? "127.0.0.1" : "::1"), host(four ? "127.0.0.2" : "fd77::1")};
        any = host(four ? "0.0.0.0" : "::");
        closed = new InetSocketAddress(hosts[0], CLOSED_PORT);
        unreachable = new InetSocketAddress(host(four ? "192.0.2.1" : "2001:db8::1"), CLOSED_PORT);
        otherFamily = new InetSocketAddress(host(four ? "::1" : "127.0.0.1"), CLOSED_PORT);
    }

    private static InetAddress host(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** An IPv4-mapped address where that can be, else one of the other family. */
    InetSocketAddress mapped() {
        return family == IpAddressFamily.IPV4 ? otherFamily : new InetSocketAddress(scoped(MAPPED, -1), CLOSED_PORT);
    }

    /** The first host with the loopback interface as its scope, which means nothing to the kernel. */
    InetSocketAddress withScope(int port) {
        return new InetSocketAddress(
                family == IpAddressFamily.IPV4 ? hosts[0] : scoped(hosts[0].getAddress(), LOOPBACK_INTERFACE), port);
    }

    private static Inet6Address scoped(byte[] bytes, int scope) {
        try {
            return Inet6Address.getByAddress(null, bytes, scope);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Why a remote address is refused before any system call (E1 to E3), or null. */
    ErrorCode refusal(InetSocketAddress remote) {
        return refusalOfHost(remote) != null || remote.getAddress().isAnyLocalAddress() || remote.getPort() == 0
                ? ErrorCode.INVALID_ARGUMENT
                : null;
    }

    /** Why a local address is refused before any system call (E1), or null. */
    ErrorCode refusalOfHost(InetSocketAddress address) {
        boolean ours = address == unresolved
                ? false
                : address.getAddress().getClass() == any.getClass() && !isMapped(address.getAddress());
        return ours ? null : ErrorCode.INVALID_ARGUMENT;
    }

    private static boolean isMapped(InetAddress host) {
        byte[] bytes = host.getAddress();
        return bytes.length == MAPPED.length && bytes[10] == -1 && bytes[11] == -1 && bytes[0] == 0;
    }

    /** The address that the kernel sends from to a host, if the socket is bound to every address. */
    InetAddress sourceTo(InetAddress remote) {
        return sources.computeIfAbsent(remote, this::askForSource);
    }

    private InetAddress askForSource(InetAddress remote) {
        try (DatagramChannel channel = DatagramChannel.open(
                family == IpAddressFamily.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6)) {
            channel.connect(new InetSocketAddress(remote, CLOSED_PORT));
            return ((InetSocketAddress) channel.getLocalAddress()).getAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
