// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;

/** What an error means for the address that it is about, and what to do. */
final class Explanations {
    private static final String NO_IPV6 = "this machine has no IPv6 address, or IPv6 is disabled";

    private Explanations() {}

    /** Of creating a socket for an address, or of binding it there. */
    static String ofReceiving(SocketErrorException error, InetSocketAddress local) {
        String hint =
                switch (error.errorCode()) {
                    case ADDRESS_IN_USE -> "another socket is bound to it";
                    case ACCESS_DENIED -> "ports below 1024 may need root (ip(7))";
                    case ADDRESS_NOT_BINDABLE -> "no interface of this machine has this address";
                    default -> error.getMessage();
                };
        return error.errorCode().witName() + ": can't receive on " + HostPort.text(local) + "; "
                + ofAddress(error, local, hint);
    }

    /** Of creating a socket for an address, of giving it that peer, or of sending the datagram of that number there. */
    static String ofSending(SocketErrorException error, long number, InetSocketAddress remote) {
        String destination = HostPort.text(remote);
        String hint =
                switch (error.errorCode()) {
                    case CONNECTION_REFUSED -> "no process listens on " + destination;
                    case REMOTE_UNREACHABLE -> "no route leads to " + destination;
                    case DATAGRAM_TOO_LARGE ->
                        "datagram " + number + " is larger than the path to " + destination + " takes";
                    case ACCESS_DENIED ->
                        isBroadcast(remote.getAddress())
                                ? destination + " is a broadcast address: --broadcast allows it"
                                : "the system forbids sending to " + destination
                                        + " (a firewall, or a route that prohibits it)";
                    default -> error.getMessage();
                };
        return error.errorCode().witName() + ": " + ofAddress(error, remote, hint);
    }

    /** What the address itself explains, or else the hint. */
    private static String ofAddress(SocketErrorException error, InetSocketAddress address, String hint) {
        if (needsInterface(address.getAddress())) {
            String text = HostPort.text(address);
            List<String> interfaces = interfaces();
            String example = text.replace("]", "%" + (interfaces.isEmpty() ? "eth0" : interfaces.get(0)) + "]");
            return text + " is a link-local address, which needs an interface, as in " + example + " (there are: "
                    + String.join(", ", interfaces) + ")";
        }
        boolean isAboutTheFamily = error.errorCode() != ErrorCode.CONNECTION_REFUSED
                && address.getAddress() instanceof Inet6Address
                && addresses().stream().noneMatch(local -> local.getAddress() instanceof Inet6Address);
        return isAboutTheFamily ? NO_IPV6 : hint;
    }

    /** RFC 4007, section 11: the address says nothing without a zone. */
    private static boolean needsInterface(InetAddress address) {
        boolean isLinkLocal = address.isLinkLocalAddress() || address.isMCLinkLocal() || address.isMCNodeLocal();
        return address instanceof Inet6Address v6 && v6.getScopeId() == 0 && isLinkLocal;
    }

    /** The limited broadcast address, or that of a network that an interface is in: its host part is all ones. */
    static boolean isBroadcast(InetAddress address) {
        if (!(address instanceof Inet4Address)) {
            return false;
        }
        int bits = bits(address);
        return bits == -1
                || addresses().stream()
                        .filter(local -> local.getAddress() instanceof Inet4Address)
                        .anyMatch(local -> {
                            int host = (int) (0xffff_ffffL >>> local.getNetworkPrefixLength());
                            return Integer.bitCount(host) > 1 && (bits(local.getAddress()) | host) == bits;
                        });
    }

    private static int bits(InetAddress address) {
        int bits = 0;
        for (byte part : address.getAddress()) {
            bits = bits << Byte.SIZE | part & 0xff;
        }
        return bits;
    }

    private static List<InterfaceAddress> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(each -> each.getInterfaceAddresses().stream())
                    .toList();
        } catch (SocketException e) { // there are none
            return List.of();
        }
    }

    /** Those that are up, the loopback interface last. */
    private static List<String> interfaces() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(Explanations::isUp)
                    .sorted(Comparator.comparing(Explanations::isLoopback).thenComparing(NetworkInterface::getName))
                    .map(NetworkInterface::getName)
                    .toList();
        } catch (SocketException e) { // there are none
            return List.of();
        }
    }

    private static boolean isUp(NetworkInterface each) {
        try {
            return each.isUp();
        } catch (SocketException e) { // it has gone
            return false;
        }
    }

    private static boolean isLoopback(NetworkInterface each) {
        try {
            return each.isLoopback();
        } catch (SocketException e) { // it has gone
            return false;
        }
    }
}
