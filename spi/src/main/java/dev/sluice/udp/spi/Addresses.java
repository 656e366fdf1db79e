package dev.sluice.udp.spi;

import dev.sluice.udp.IpAddressFamily;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** What addresses are acceptable, and which are the same. Looks at the raw bytes, as the kernel would. */
public final class Addresses {
    private Addresses() {}

    /**
     * Says whether two addresses are the same for the kernel: host, port, and the scope id, which
     * {@link Inet6Address#equals} ignores.
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

    private static int scope(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address six ? six.getScopeId() : 0;
    }

    /** What is wrong with an address as that of a local end (E1), or null. */
    static String localProblem(IpAddressFamily family, InetSocketAddress address) {
        if (address.isUnresolved()) {
            return text(address) + " is unresolved";
        }
        return isOf(family, address.getAddress()) ? null : text(address) + " is not an " + label(family) + " address";
    }

    /** What is wrong with an address as that of a remote end (E1 to E3, in this order), or null. */
    static String remoteProblem(IpAddressFamily family, InetSocketAddress address) {
        String problem = localProblem(family, address);
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
