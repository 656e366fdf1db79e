// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sluice.udp.DatagramPath;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Writes the control messages that choose a datagram's path (ip(7), ipv6(7)). */
final class SentPath {
    private SentPath() {}

    /**
     * Writes what a path chooses.
     *
     * @param into memory that has room for all of it at an offset
     * @return how many bytes it takes
     */
    static int write(DatagramPath path, boolean ipv6, MemorySegment into, long offset) {
        long end = offset;
        if (path.localAddress() != null || path.interfaceIndex() != 0) {
            end += ipv6 ? writeIpv6(path, into, end) : writeIpv4(path, into, end);
        }
        if (path.trafficClass() != DatagramPath.UNSET) {
            long data = ipv6
                    ? writeHeader(into, end, Options.IPPROTO_IPV6, Options.IPV6_TCLASS, JAVA_INT.byteSize())
                    : writeHeader(into, end, Options.IPPROTO_IP, Options.IP_TOS, JAVA_INT.byteSize());
            into.set(JAVA_INT, data, path.trafficClass());
            end += Layouts.controlSpace(JAVA_INT.byteSize());
        }
        return (int) (end - offset);
    }

    private static long writeIpv4(DatagramPath path, MemorySegment into, long offset) {
        long size = Layouts.IN_PKTINFO.byteSize();
        long data = writeHeader(into, offset, Options.IPPROTO_IP, Options.IP_PKTINFO, size);
        InetAddress local = path.localAddress();
        int address = local == null ? 0 : (int) SocketAddresses.bigEndian(local.getAddress(), 0, 4);
        into.set(JAVA_INT, data + Layouts.PKTINFO_IFINDEX, path.interfaceIndex());
        into.set(SocketAddresses.IPV4, data + Layouts.PKTINFO_SPEC_DST, address);
        into.set(JAVA_INT, data + Layouts.PKTINFO_ADDR, 0);
        return Layouts.controlSpace(size);
    }

    private static long writeIpv6(DatagramPath path, MemorySegment into, long offset) {
        long size = Layouts.IN6_PKTINFO.byteSize();
        long data = writeHeader(into, offset, Options.IPPROTO_IPV6, Options.IPV6_PKTINFO, size);
        int index = path.interfaceIndex();
        if (path.localAddress() instanceof Inet6Address six) {
            byte[] bytes = six.getAddress();
            into.set(
                    SocketAddresses.HALF_OF_IPV6, data + Layouts.PKTINFO6_ADDR, SocketAddresses.bigEndian(bytes, 0, 8));
            into.set(
                    SocketAddresses.HALF_OF_IPV6,
                    data + Layouts.PKTINFO6_ADDR + 8,
                    SocketAddresses.bigEndian(bytes, 8, 8));
            if (index == 0 && six.isLinkLocalAddress()) {
                index = six.getScopeId();
            }
        } else {
            into.asSlice(data + Layouts.PKTINFO6_ADDR, 16).fill((byte) 0);
        }
        into.set(JAVA_INT, data + Layouts.PKTINFO6_IFINDEX, index);
        return Layouts.controlSpace(size);
    }

    /** Writes the header of a control message, and says where its data begins. */
    private static long writeHeader(MemorySegment into, long offset, int level, int type, long size) {
        into.set(JAVA_LONG, offset + Layouts.CMSG_LEN, Layouts.CMSG_DATA + size);
        into.set(JAVA_INT, offset + Layouts.CMSG_LEVEL, level);
        into.set(JAVA_INT, offset + Layouts.CMSG_TYPE, type);
        return offset + Layouts.CMSG_DATA;
    }
}
