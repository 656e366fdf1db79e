// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/**
 * A multicast group as a user writes it: {@code GROUP[@INTERFACE][/SOURCE]}.
 *
 * @param group its address
 * @param on where to join it; null for every interface that can
 * @param source the one source to hear; null for any
 */
record GroupOnInterface(InetAddress group, String on, InetAddress source) {

    static GroupOnInterface parse(String text) {
        int slash = text.indexOf('/');
        String place = slash < 0 ? text : text.substring(0, slash);
        int at = place.indexOf('@');
        InetAddress group = address(at < 0 ? place : place.substring(0, at), text);
        if (!group.isMulticastAddress()) {
            throw new TypeConversionException("'" + group.getHostAddress()
                    + "' is not a multicast group (224.0.0.0 to 239.255.255.255, or ff00::/8)");
        }
        return new GroupOnInterface(
                group,
                at < 0 ? null : place.substring(at + 1),
                slash < 0 ? null : address(text.substring(slash + 1), text));
    }

    private static InetAddress address(String literal, String text) {
        try {
            if (literal.matches("[0-9.]+|[0-9a-fA-F:.]+(%\\w+)?") && !literal.isEmpty()) {
                return InetAddress.getByName(literal);
            }
        } catch (UnknownHostException e) {
            // said below
        }
        throw new TypeConversionException("'" + text + "' is not a group; write GROUP[@INTERFACE][/SOURCE],"
                + " such as 239.1.2.3@eth0 or ff15::1@eth0/2001:db8::7");
    }

    IpAddressFamily family() {
        return HostPort.family(new InetSocketAddress(group, 0));
    }

    /** Joins it, on its interface or on each that can. */
    void join(UdpSocket socket) throws Failure {
        List<NetworkInterface> interfaces = interfaces();
        String problem = null;
        int joined = 0;
        for (NetworkInterface one : interfaces) {
            try {
                socket.join(group, one, source);
                joined++;
            } catch (SocketErrorException e) {
                problem = Explanations.ofReceiving(e, new InetSocketAddress(group, 0));
            }
        }
        if (joined == 0) {
            throw new Failure("cannot join " + group.getHostAddress()
                    + (problem == null ? ": no interface is up that has multicast" : ": " + problem));
        }
    }

    private List<NetworkInterface> interfaces() throws Failure {
        try {
            List<NetworkInterface> all = Collections.list(NetworkInterface.getNetworkInterfaces());
            if (on == null) {
                return all.stream().filter(GroupOnInterface::isUsable).toList();
            }
            NetworkInterface named = NetworkInterface.getByName(on);
            if (named == null) {
                throw new Failure("there is no network interface '" + on + "'; there are "
                        + all.stream().map(NetworkInterface::getName).collect(Collectors.joining(", ")));
            }
            return List.of(named);
        } catch (IOException e) {
            throw new Failure("cannot list the network interfaces: " + e.getMessage());
        }
    }

    private static boolean isUsable(NetworkInterface one) {
        try {
            return one.isUp() && one.supportsMulticast();
        } catch (IOException gone) {
            return false;
        }
    }
}
