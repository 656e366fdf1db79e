// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sluice.udp.DatagramPath;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;

/**
 * The paths of what a socket received last, as {@link SourceAddresses} has the sources: datagrams that came the same way
 * allocate nothing, and share one object.
 *
 * <p>Called under the receive lock.
 */
final class ReceivedPaths {
    private static final int PLACES = 16;

    /** An IPv6 address as a number: fe80::/10. */
    private static final long LINK_LOCAL = 0xfe80L >>> 6;

    private final boolean ipv6;

    // What was read last. IPv4: the destination in `low`, and the address to answer from in `local`.
    private long high;
    private long low;
    private int local;
    private int interfaceIndex;
    private int trafficClass;

    private final long[] highs = new long[PLACES];
    private final long[] lows = new long[PLACES];

    /** Interface index and traffic class. */
    private final long[] rests = new long[PLACES];

    private final int[] locals = new int[PLACES];
    private final DatagramPath[] paths = new DatagramPath[PLACES];

    ReceivedPaths(boolean ipv6) {
        this.ipv6 = ipv6;
    }

    /** The path that the kernel's control messages tell; null if they don't. */
    DatagramPath of(Messages messages, int index) {
        long from = messages.control(index);
        if (!read(messages.headers, from, from + messages.controlLength(index))) {
            return null;
        }
        long rest = (long) interfaceIndex << 16 | trafficClass & 0xffff;
        int place = place(rest);
        DatagramPath known = paths[place];
        if (known != null
                && lows[place] == low
                && rests[place] == rest
                && locals[place] == local
                && highs[place] == high) {
            return known;
        }
        DatagramPath path = path();
        highs[place] = high;
        lows[place] = low;
        locals[place] = local;
        rests[place] = rest;
        paths[place] = path;
        return path;
    }

    private int place(long rest) {
        long mixed = (high ^ low ^ rest ^ (long) local << 32) * 0x9E3779B97F4A7C15L; // Fibonacci hashing
        return (int) (mixed >>> 60);
    }

    /** Reads the control messages between two offsets, and says whether one was about the path. */
    private boolean read(MemorySegment memory, long from, long end) {
        high = 0;
        low = 0;
        local = 0;
        interfaceIndex = 0;
        trafficClass = DatagramPath.UNSET;
        boolean found = false;
        for (long at = from; at + Layouts.CMSG_DATA <= end; ) {
            long length = memory.get(JAVA_LONG, at + Layouts.CMSG_LEN);
            if (length < Layouts.CMSG_DATA || at + length > end) {
                break;
            }
            int level = memory.get(JAVA_INT, at + Layouts.CMSG_LEVEL);
            int type = memory.get(JAVA_INT, at + Layouts.CMSG_TYPE);
            long data = at + Layouts.CMSG_DATA;
            if (level == Options.IPPROTO_IP && !ipv6) {
                found |= readIpv4(memory, type, data);
            } else if (level == Options.IPPROTO_IPV6 && ipv6) {
                found |= readIpv6(memory, type, data);
            }
            at += Layouts.controlSpace(length - Layouts.CMSG_DATA);
        }
        return found;
    }

    /** ip(7): the kernel sends the type of service as one byte, and takes it as an int. */
    private boolean readIpv4(MemorySegment memory, int type, long data) {
        switch (type) {
            case Options.IP_PKTINFO -> {
                interfaceIndex = memory.get(JAVA_INT, data + Layouts.PKTINFO_IFINDEX);
                local = memory.get(SocketAddresses.IPV4, data + Layouts.PKTINFO_SPEC_DST);
                low = memory.get(SocketAddresses.IPV4, data + Layouts.PKTINFO_ADDR) & 0xffff_ffffL;
            }
            case Options.IP_TOS -> trafficClass = memory.get(JAVA_BYTE, data) & 0xff;
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean readIpv6(MemorySegment memory, int type, long data) {
        switch (type) {
            case Options.IPV6_PKTINFO -> {
                high = memory.get(SocketAddresses.HALF_OF_IPV6, data + Layouts.PKTINFO6_ADDR);
                low = memory.get(SocketAddresses.HALF_OF_IPV6, data + Layouts.PKTINFO6_ADDR + 8);
                interfaceIndex = memory.get(JAVA_INT, data + Layouts.PKTINFO6_IFINDEX);
            }
            case Options.IPV6_TCLASS -> trafficClass = memory.get(JAVA_INT, data) & 0xff;
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Of what had arrived before it was asked for, the kernel knows the destination alone. */
    private DatagramPath path() {
        boolean linkLocal = ipv6 && high >>> 54 == LINK_LOCAL;
        InetAddress destination = address(low, linkLocal ? interfaceIndex : 0);
        InetAddress from;
        if (ipv6 || local == 0 || local == (int) low) {
            from = destination.isMulticastAddress() ? null : destination;
        } else {
            from = address(local & 0xffff_ffffL, 0);
        }
        return DatagramPath.received(from, destination, interfaceIndex, trafficClass);
    }

    private InetAddress address(long lower, int scope) {
        return SocketAddresses.of(ipv6, high, lower, scope, 0).getAddress();
    }
}
