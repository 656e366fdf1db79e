// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.IpAddressFamily;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** What addresses are acceptable, and which are the same. Looks at the raw bytes, as the kernel would. */
public final class Addresses {
    private Addresses() {}

    /**
     * Says whether two addresses are the same for the kernel: host, port, and for link-local ones the scope id. Of all
     * other addresses the kernel ignores the scope id ({@code __ipv6_addr_needs_scope_id}, include/net/ipv6.h), which
     * {@link java.net.NetworkInterface} hands out all the same, as in {@code ::1%lo}; {@link Inet6Address#equals} ignores
     * it always.
     *
     * @param one an address, or null
     * @param other an address, or null
     * @return whether they are; two nulls are
     */
    public static boolean same(InetSocketAddress one, InetSocketAddress other) {
        if (one == other) {
            return true;
        }
        return one != null && other != null && one.equals(other) && scope(one) == scope(other);
    }

    /**
     * Says whether a datagram's address is that of the peer (E4, U4). A link-local address without a scope id is on the
     * peer's link, since connect(2) binds the socket to that.
     */
    static boolean isPeer(InetSocketAddress peer, InetSocketAddress address) {
        if (!peer.equals(address)) {
            return false;
        }
        int scope = scope(address);
        return scope == 0 || scope == scope(peer);
    }

    /**
     * An address as a socket means it that is bound to a local address: link-local without a scope id, it is on the link
     * that the socket is bound to, if it is to one.
     */
    static InetSocketAddress onLinkOf(InetSocketAddress local, InetSocketAddress address) {
        int scope = scope(local);
        if (scope == 0
                || scope(address) != 0
                || !(address.getAddress() instanceof Inet6Address six)
                || !isLinkLocal(six)) {
            return address;
        }
        try {
            return new InetSocketAddress(Inet6Address.getByAddress(null, six.getAddress(), scope), address.getPort());
        } catch (UnknownHostException e) {
            throw new AssertionError(e); // thrown only for a wrong number of bytes
        }
    }

    /** The scope id where it counts; else 0. */
    static int scope(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address six && isLinkLocal(six) ? six.getScopeId() : 0;
    }

    /** fe80::/10, and multicast groups of one link or one interface. */
    private static boolean isLinkLocal(Inet6Address address) {
        return address.isLinkLocalAddress() || address.isMCLinkLocal() || address.isMCNodeLocal();
    }

    /** What is wrong with an address to bind to (E1), or null. */
    static String bindProblem(IpAddressFamily family, InetSocketAddress address) {
        String problem = familyProblem(family, address);
        return problem == null && address.getAddress() instanceof Inet6Address six && isLinkLocal(six)
                ? linkProblem(address)
                : problem;
    }

    /**
     * What is wrong with a peer's address beyond E1 to E3, or null: link-local without a scope id. The kernel answers EINVAL
     * then, but the JDK looks for an interface that has the address.
     *
     * @param remote as {@link #onLinkOf} has completed it
     */
    static String peerProblem(InetSocketAddress remote) {
        return remote.getAddress().isLinkLocalAddress() && remote.getAddress() instanceof Inet6Address
                ? linkProblem(remote)
                : null;
    }

    /** What is wrong with a group to join, or with its one source, which may be null; null if nothing is. */
    static String groupProblem(IpAddressFamily family, InetAddress group, InetAddress source) {
        String text = group.getHostAddress();
        if (!isOf(family, group)) {
            return text + " is not an " + label(family) + " address";
        }
        if (!group.isMulticastAddress()) {
            return text + " is not a multicast address (224.0.0.0 to 239.255.255.255, or ff00::/8)";
        }
        if (source == null) {
            return null;
        }
        if (!isOf(family, source)) {
            return source.getHostAddress() + " is not an " + label(family) + " address";
        }
        return source.isMulticastAddress() || source.isAnyLocalAddress()
                ? source.getHostAddress() + " can't be a source: it is no host's address"
                : null;
    }

    private static String linkProblem(InetSocketAddress address) {
        return scope(address) != 0
                ? null
                : text(address) + " is link-local, and doesn't say on which interface: write it with a scope id,"
                        + " as in [fe80::1%eth0]";
    }

    /**
     * Whether an IPv4 address is one that the JDK binds to on no system, while the kernel would: 255.255.255.255, and the
     * broadcast addresses of networks in 127.0.0.0/8 (NET_Bind in net_util_md.c).
     */
    static boolean isUnbindableBroadcast(InetSocketAddress address) {
        byte[] bytes = address.getAddress().getAddress();
        return bytes.length == 4 && (bytes[0] & 0x7f) == 0x7f && bytes[3] == (byte) 0xff;
    }

    /** What is wrong with a local address to send from (O5), or null. */
    static String sourceProblem(IpAddressFamily family, InetAddress source, int interfaceIndex) {
        String text = source.getHostAddress();
        if (!isOf(family, source)) {
            return text + " is not an " + label(family) + " address";
        }
        if (source.isAnyLocalAddress() || source.isMulticastAddress()) {
            return text + " is not the address of a host: a datagram can't come from it";
        }
        return source instanceof Inet6Address six && isLinkLocal(six) && six.getScopeId() == 0 && interfaceIndex == 0
                ? text + " is link-local, and neither it nor the path says on which interface"
                : null;
    }

    /** What is wrong with an address of either end (E1), or null. */
    private static String familyProblem(IpAddressFamily family, InetSocketAddress address) {
        if (address.isUnresolved()) {
            return text(address) + " is unresolved";
        }
        return isOf(family, address.getAddress()) ? null : text(address) + " is not an " + label(family) + " address";
    }

    /** What is wrong with an address as that of a remote end (E1 to E3, in this order), or null. */
    static String remoteProblem(IpAddressFamily family, InetSocketAddress address) {
        String problem = familyProblem(family, address);
        if (problem != null) {
            return problem;
        }
        if (address.getAddress().isAnyLocalAddress()) {
            return text(address) + " is the unspecified address, which no host has";
        }
        return address.getPort() == 0 ? text(address) + " has port 0" : null;
    }

    /** As a person writes it, in the words of an error: without Java's slash, and IPv6 in brackets. */
    static String text(InetSocketAddress address) {
        if (address.isUnresolved()) {
            return address.getHostString() + ":" + address.getPort();
        }
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static String label(IpAddressFamily family) {
        return family == IpAddressFamily.IPV4 ? "IPv4" : "IPv6";
    }

    private static boolean isOf(IpAddressFamily family, InetAddress address) {
        return family == IpAddressFamily.IPV4
                ? address instanceof Inet4Address
                : address instanceof Inet6Address six && !isIpv4Embedded(six);
    }

    /** IPv4-mapped (RFC 4291, 2.5.5.2) or the deprecated IPv4-compatible (2.5.5.1), which :: and ::1 are not. */
    private static boolean isIpv4Embedded(Inet6Address address) {
        if (address.isAnyLocalAddress() || address.isLoopbackAddress()) {
            return false;
        }
        if (address.isIPv4CompatibleAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == (byte) 0xff && bytes[11] == (byte) 0xff;
    }
}
