// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which addresses: {@code *}, {@code 127.0.0.1:9000}, {@code 10.0.0.0/8:*}, {@code [fd00::/8]:9000-9010},
 * {@code localhost:53}, {@code *:53}. Immutable.
 */
public final class AddressPattern {
    private static final int MAX_PORT = 65_535;
    private static final Pattern SHORTHAND = Pattern.compile("\\d+(\\.\\d+){0,2}");

    /** The leading bits that an address must have; and for link-local ones its scope, unless that is 0. */
    private record Prefix(byte[] address, int bits, int scope) {
        boolean matches(InetAddress host) {
            byte[] bytes = host.getAddress();
            if (bytes.length != address.length || scope != 0 && scope != scope(host)) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                if (((bytes[bit / 8] ^ address[bit / 8]) & 0x80 >> bit % 8) != 0) {
                    return false;
                }
            }
            return true;
        }

        /** The scope id where the kernel looks at it. */
        private static int scope(InetAddress host) {
            boolean counts = host.isLinkLocalAddress() || host.isMCLinkLocal() || host.isMCNodeLocal();
            return counts && host instanceof Inet6Address v6 ? v6.getScopeId() : 0;
        }
    }

    /** One of them must have the host in it; empty for all hosts. */
    private final List<Prefix> networks;

    private final int firstPort;
    private final int lastPort;

    private AddressPattern(List<Prefix> networks, int firstPort, int lastPort) {
        this.networks = networks;
        this.firstPort = firstPort;
        this.lastPort = lastPort;
    }

    /**
     * Reads a pattern. The addresses of a name are looked up now, which may block.
     *
     * @param text the pattern
     * @return what it means
     * @throws IllegalArgumentException if it is none; the message says what is wrong with it
     */
    public static AddressPattern parse(String text) {
        if (text.equals("*")) {
            return new AddressPattern(List.of(), 0, MAX_PORT);
        }
        int colon = text.lastIndexOf(':');
        if (colon < 0 || colon < text.lastIndexOf(']')) {
            throw new IllegalArgumentException("'" + text + "' has no port; write HOST:PORT or HOST:*");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("'" + text + "' is ambiguous; write an IPv6 address as [::1]:9000");
        }
        String ports = text.substring(colon + 1);
        if (ports.equals("*")) {
            return new AddressPattern(networks(host), 0, MAX_PORT);
        }
        int dash = ports.indexOf('-');
        int first = number(dash < 0 ? ports : ports.substring(0, dash), MAX_PORT, "a port");
        int last = dash < 0 ? first : number(ports.substring(dash + 1), MAX_PORT, "a port");
        if (last < first) {
            throw new IllegalArgumentException(
                    "'" + text + "' has no ports from " + first + " to " + last + "; write the lower one first");
        }
        return new AddressPattern(networks(host), first, last);
    }

    /** Of a name, all addresses that it has now. */
    private static List<Prefix> networks(String host) {
        if (host.equals("*")) {
            return List.of();
        }
        int slash = host.indexOf('/');
        String name = slash < 0 ? host : host.substring(0, slash);
        if (name.isBlank()) { // which Java would take for the loopback address
            throw new IllegalArgumentException("'" + host + "' is no host");
        }
        if (SHORTHAND.matcher(name).matches()) { // 10/8 would be 0.0.0.10/8, by the rules of inet_aton(3)
            throw new IllegalArgumentException("'" + host + "' is no IPv4 address; write all four of its numbers");
        }
        try {
            List<Prefix> networks = new ArrayList<>();
            for (InetAddress address : InetAddress.getAllByName(name)) {
                byte[] bytes = address.getAddress();
                int all = bytes.length * Byte.SIZE;
                int bits = slash < 0 ? all : number(host.substring(slash + 1), all, "a length of a prefix");
                networks.add(new Prefix(bytes, bits, Prefix.scope(address)));
            }
            return List.copyOf(networks);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("unknown host '" + name + "'");
        }
    }

    private static int number(String text, int most, String what) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("'" + text + "' is not " + what + "; it goes from 0 to " + most);
    }

    /**
     * Says whether an address is one of them.
     *
     * @param address a resolved address
     * @return whether it is
     */
    public boolean matches(InetSocketAddress address) {
        return address.getPort() >= firstPort
                && address.getPort() <= lastPort
                && (networks.isEmpty() || networks.stream().anyMatch(network -> network.matches(address.getAddress())));
    }
}
