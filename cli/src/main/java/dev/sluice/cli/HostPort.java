// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.IpAddressFamily;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.TypeConversionException;

/**
 * An address as a user writes it: {@code localhost:9000}, {@code 127.0.0.1:9000}, {@code [::1]:9000},
 * {@code [fe80::1%eth0]:9000}.
 *
 * @param host a name, or an address
 * @param port from 0 to 65535
 * @param family of which its addresses have to be; null: of any
 */
record HostPort(String host, int port, IpAddressFamily family) {
    private static final int MAX_PORT = 65_535;

    /** A name whose addresses of both families count. */
    HostPort(String host, int port) {
        this(host, port, null);
    }

    /** The same name, of whose addresses those of a family count. */
    HostPort only(IpAddressFamily wanted) {
        return new HostPort(host, port, wanted);
    }

    static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new TypeConversionException("'" + text + "' has no port; write HOST:PORT");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new TypeConversionException("'" + text + "' is ambiguous; write an IPv6 address as [::1]:9000");
        }
        if (host.isBlank()) {
            throw new TypeConversionException("'" + text + "' has no host; write HOST:PORT");
        }
        return new HostPort(host, port(text.substring(colon + 1)));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new TypeConversionException("'" + text + "' is not a port; ports go from 0 to " + MAX_PORT);
    }

    /** Whether it has to be looked up, and may have other addresses another time. */
    boolean isName() {
        return host.indexOf(':') < 0 && !host.matches("[0-9.]+");
    }

    /** Every address, in the order in which they are to be tried. There is at least one. */
    List<InetSocketAddress> resolve() throws Failure {
        try {
            List<InetSocketAddress> addresses = Arrays.stream(InetAddress.getAllByName(host))
                    .map(address -> new InetSocketAddress(address, port))
                    .filter(address -> family == null || family == family(address))
                    .toList();
            if (addresses.isEmpty()) {
                throw new Failure("'" + host + "' has no " + name(family) + " address");
            }
            return addresses;
        } catch (UnknownHostException e) {
            int percent = host.indexOf('%');
            throw new Failure(
                    host.indexOf(':') >= 0 && percent >= 0
                            ? "there is no network interface '" + host.substring(percent + 1) + "'"
                            : "unknown host '" + host + "'");
        }
    }

    /** Any address of the same family, and any free port. */
    static InetSocketAddress wildcard(InetSocketAddress address) {
        return new InetSocketAddress(family(address) == IpAddressFamily.IPV4 ? "0.0.0.0" : "::", 0);
    }

    static IpAddressFamily family(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address ? IpAddressFamily.IPV6 : IpAddressFamily.IPV4;
    }

    static String name(IpAddressFamily family) {
        return family == IpAddressFamily.IPV4 ? "IPv4" : "IPv6";
    }

    /** As a user would write it, so that it can be given to another command. */
    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + shorten(host) + "]" : host)
                + ":"
                + address.getPort();
    }

    /** The first of the longest runs of zeros becomes "::" (RFC 5952, section 4.2). */
    private static String shorten(String address) {
        int percent = address.indexOf('%');
        String zone = percent < 0 ? "" : address.substring(percent);
        String groups = percent < 0 ? address : address.substring(0, percent);
        for (String zeros = "0:0:0:0:0:0:0:0"; zeros.length() > 1; zeros = zeros.substring(2)) {
            int at = (":" + groups + ":").indexOf(":" + zeros + ":");
            if (at >= 0) {
                String before = groups.substring(0, Math.max(0, at - 1));
                String after = groups.substring(Math.min(groups.length(), at + zeros.length()));
                return before + "::" + (after.startsWith(":") ? after.substring(1) : after) + zone;
            }
        }
        return groups + zone;
    }
}
