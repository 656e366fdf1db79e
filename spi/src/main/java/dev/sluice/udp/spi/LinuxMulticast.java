// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.SocketErrorException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Multicast on Linux, whose options are structures: the groups of a socket, and the interface it sends through. */
final class LinuxMulticast {
    static final int IP_MULTICAST_IF = 32;

    private static final int IPPROTO_IP = 0;

    private static final int MCAST_JOIN_GROUP = 42;
    private static final int MCAST_LEAVE_GROUP = 45;
    private static final int MCAST_JOIN_SOURCE_GROUP = 46;
    private static final int MCAST_LEAVE_SOURCE_GROUP = 47;

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    /** sizeof(struct sockaddr_storage). */
    private static final int ADDRESS_SIZE = 128;

    /** Where the addresses of struct group_req and group_source_req begin, behind the index, aligned. */
    private static final int GROUP = 8;

    private static final byte[] NO_ADDRESS = {};

    private final LinuxOptions.Calls calls;
    private final int level;

    LinuxMulticast(LinuxOptions.Calls calls, int level) {
        this.calls = calls;
        this.level = level;
    }

    /** As {@link DatagramTransport#join}. */
    void join(InetAddress group, NetworkInterface networkInterface, InetAddress source) throws SocketErrorException {
        calls.set(
                level,
                source == null ? MCAST_JOIN_GROUP : MCAST_JOIN_SOURCE_GROUP,
                groupRequest(group, networkInterface, source));
    }

    /** As {@link DatagramTransport#leave}. */
    void leave(InetAddress group, NetworkInterface networkInterface, InetAddress source) throws SocketErrorException {
        calls.set(
                level,
                source == null ? MCAST_LEAVE_GROUP : MCAST_LEAVE_SOURCE_GROUP,
                groupRequest(group, networkInterface, source));
    }

    /** Sets the interface of an IPv4 socket by its index; for IPv6 the option is the index itself. */
    void sendThrough(int index) throws SocketErrorException {
        calls.set(IPPROTO_IP, IP_MULTICAST_IF, ipMreqn(index)); // an int would be an address
    }

    /**
     * struct ip_mreqn of ip(7). An index suffices, except for the loopback interface: its address has host scope, so the
     * kernel would not choose it, and send from 0.0.0.0 (ip_route_output_key_hash_rcu in net/ipv4/route.c).
     */
    private static ByteBuffer ipMreqn(int index) {
        ByteBuffer request = structure(3 * Integer.BYTES).putInt(2 * Integer.BYTES, index);
        byte[] source = loopbackAddress(index);
        for (int i = 0; i < source.length; i++) {
            request.put(Integer.BYTES + i, source[i]);
        }
        return request;
    }

    /** The IPv4 address of an interface, if that is a loopback interface; else none. */
    private static byte[] loopbackAddress(int index) {
        try {
            NetworkInterface named = index == 0 ? null : NetworkInterface.getByIndex(index);
            if (named != null && named.isLoopback()) {
                return named.inetAddresses()
                        .filter(Inet4Address.class::isInstance)
                        .map(InetAddress::getAddress)
                        .findFirst()
                        .orElse(NO_ADDRESS);
            }
        } catch (SocketException gone) {
            // the kernel says so
        }
        return NO_ADDRESS;
    }

    /** struct group_req or group_source_req of linux/in.h. */
    private static ByteBuffer groupRequest(InetAddress group, NetworkInterface on, InetAddress source) {
        ByteBuffer request = structure(GROUP + (source == null ? 1 : 2) * ADDRESS_SIZE);
        request.putInt(0, on.getIndex());
        putAddress(request, GROUP, group);
        if (source != null) {
            putAddress(request, GROUP + ADDRESS_SIZE, source);
        }
        return request;
    }

    /** struct sockaddr_in or sockaddr_in6: the address lies behind family and port, and with IPv6 behind the flow label. */
    private static void putAddress(ByteBuffer request, int at, InetAddress address) {
        boolean four = address instanceof Inet4Address;
        request.putShort(at, (short) (four ? AF_INET : AF_INET6));
        request.put(at + (four ? 4 : 8), address.getAddress());
    }

    private static ByteBuffer structure(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
}
