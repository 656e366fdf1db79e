// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/** Writes and reads struct sockaddr_in and sockaddr_in6. */
final class SocketAddresses {
    static final int AF_UNSPEC = 0;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    /** The size of the larger one, which suits both. */
    static final int SIZE = (int) Layouts.SOCKADDR_IN6.byteSize();

    static final ValueLayout.OfInt IPV4 = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfLong HALF_OF_IPV6 = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private SocketAddresses() {}

    /**
     * Writes an address.
     *
     * @param into memory that holds it at an offset
     * @return how many bytes it takes
     */
    static int write(InetSocketAddress address, MemorySegment into, long offset) {
        into.set(Layouts.PORT, offset + Layouts.SIN_PORT, (short) address.getPort());
        InetAddress host = address.getAddress();
        byte[] bytes = host.getAddress();
        if (!(host instanceof Inet6Address six)) {
            into.set(JAVA_SHORT, offset + Layouts.FAMILY, (short) AF_INET);
            into.set(IPV4, offset + Layouts.SIN_ADDR, (int) bigEndian(bytes, 0, 4));
            return (int) Layouts.SOCKADDR_IN.byteSize();
        }
        into.set(JAVA_SHORT, offset + Layouts.FAMILY, (short) AF_INET6);
        into.set(JAVA_INT, offset + Layouts.SIN6_FLOWINFO, 0);
        into.set(HALF_OF_IPV6, offset + Layouts.SIN6_ADDR, bigEndian(bytes, 0, 8));
        into.set(HALF_OF_IPV6, offset + Layouts.SIN6_ADDR + 8, bigEndian(bytes, 8, 8));
        into.set(JAVA_INT, offset + Layouts.SIN6_SCOPE_ID, six.getScopeId());
        return SIZE;
    }

    /** The bits of an address, four bytes or eight from an index on, as a number. */
    static long bigEndian(byte[] bytes, int from, int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            value = value << 8 | bytes[i] & 0xff;
        }
        return value;
    }

    static int port(MemorySegment from, long offset) {
        return from.get(Layouts.PORT, offset + Layouts.SIN_PORT) & 0xffff;
    }

    /** The upper half of an IPv6 address; 0 for IPv4. */
    static long high(boolean ipv6, MemorySegment from, long offset) {
        return ipv6 ? from.get(HALF_OF_IPV6, offset + Layouts.SIN6_ADDR) : 0;
    }

    /** The lower half of an IPv6 address, or an IPv4 address. */
    static long low(boolean ipv6, MemorySegment from, long offset) {
        return ipv6
                ? from.get(HALF_OF_IPV6, offset + Layouts.SIN6_ADDR + 8)
                : from.get(IPV4, offset + Layouts.SIN_ADDR) & 0xffff_ffffL;
    }

    static int scope(boolean ipv6, MemorySegment from, long offset) {
        return ipv6 ? from.get(JAVA_INT, offset + Layouts.SIN6_SCOPE_ID) : 0;
    }

    static InetSocketAddress read(boolean ipv6, MemorySegment from, long offset) {
        return of(
                ipv6, high(ipv6, from, offset), low(ipv6, from, offset), scope(ipv6, from, offset), port(from, offset));
    }

    /** The address of the JDK's class that {@code DatagramChannel} would have made. */
    static InetSocketAddress of(boolean ipv6, long high, long low, int scope, int port) {
        byte[] bytes = new byte[ipv6 ? 16 : 4];
        for (int i = bytes.length - 1, shift = 0; i >= 0; i--, shift += 8) {
            bytes[i] = (byte) ((shift < 64 ? low : high) >>> shift); // a shift counts modulo 64
        }
        try {
            InetAddress host =
                    scope != 0 ? Inet6Address.getByAddress(null, bytes, scope) : InetAddress.getByAddress(bytes);
            return new InetSocketAddress(host, port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e); // thrown only for a wrong number of bytes
        }
    }
}
