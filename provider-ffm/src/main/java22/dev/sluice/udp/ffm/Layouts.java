// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The structures of 64-bit Linux, all that are used, and where their fields lie. {@link Probe} checks them when the provider
 * starts, by what the kernel reads from them and writes into them.
 */
final class Layouts {
    /** In network byte order. */
    static final ValueLayout.OfShort PORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    /** struct sockaddr_in (ip(7)). */
    static final StructLayout SOCKADDR_IN = structLayout(
            JAVA_SHORT.withName("family"),
            PORT.withName("port"),
            JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN).withName("addr"),
            paddingLayout(8));

    /** struct sockaddr_in6 (ipv6(7)), whose first two fields lie where those of IPv4 do. */
    static final StructLayout SOCKADDR_IN6 = structLayout(
            JAVA_SHORT.withName("family"),
            PORT.withName("port"),
            JAVA_INT.withName("flowinfo"),
            sequenceLayout(16, JAVA_BYTE).withName("addr"),
            JAVA_INT.withName("scope_id"));

    static final long FAMILY = offset(SOCKADDR_IN6, "family");
    static final long SIN_PORT = offset(SOCKADDR_IN6, "port");
    static final long SIN_ADDR = offset(SOCKADDR_IN, "addr");
    static final long SIN6_FLOWINFO = offset(SOCKADDR_IN6, "flowinfo");
    static final long SIN6_ADDR = offset(SOCKADDR_IN6, "addr");
    static final long SIN6_SCOPE_ID = offset(SOCKADDR_IN6, "scope_id");

    /** struct mmsghdr (recvmmsg(2)): a struct msghdr and the length. */
    static final StructLayout MMSGHDR = structLayout(
            ADDRESS.withName("name"),
            JAVA_INT.withName("namelen"),
            paddingLayout(4),
            ADDRESS.withName("iov"),
            JAVA_LONG.withName("iovlen"),
            ADDRESS.withName("control"),
            JAVA_LONG.withName("controllen"),
            JAVA_INT.withName("flags"),
            paddingLayout(4),
            JAVA_INT.withName("len"),
            paddingLayout(4));

    static final long MSG_NAME = offset(MMSGHDR, "name");
    static final long MSG_NAMELEN = offset(MMSGHDR, "namelen");
    static final long MSG_IOV = offset(MMSGHDR, "iov");
    static final long MSG_IOVLEN = offset(MMSGHDR, "iovlen");
    static final long MSG_CONTROL = offset(MMSGHDR, "control");
    static final long MSG_CONTROLLEN = offset(MMSGHDR, "controllen");
    static final long MSG_LEN = offset(MMSGHDR, "len");

    /** struct iovec (readv(2)). */
    static final StructLayout IOVEC = structLayout(ADDRESS.withName("base"), JAVA_LONG.withName("len"));

    static final long IOV_BASE = offset(IOVEC, "base");
    static final long IOV_LEN = offset(IOVEC, "len");

    /** struct cmsghdr with room for an int (cmsg(3)): CMSG_SPACE(sizeof(int)). */
    static final StructLayout CONTROL = structLayout(
            JAVA_LONG.withName("len"),
            JAVA_INT.withName("level"),
            JAVA_INT.withName("type"),
            JAVA_INT.withName("data"),
            paddingLayout(4));

    static final long CMSG_LEN = offset(CONTROL, "len");
    static final long CMSG_LEVEL = offset(CONTROL, "level");
    static final long CMSG_TYPE = offset(CONTROL, "type");
    static final long CMSG_DATA = offset(CONTROL, "data");

    /** struct in_pktinfo (ip(7)). */
    static final StructLayout IN_PKTINFO = structLayout(
            JAVA_INT.withName("ifindex"),
            JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN).withName("spec_dst"),
            JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN).withName("addr"));

    static final long PKTINFO_IFINDEX = offset(IN_PKTINFO, "ifindex");
    static final long PKTINFO_SPEC_DST = offset(IN_PKTINFO, "spec_dst");
    static final long PKTINFO_ADDR = offset(IN_PKTINFO, "addr");

    /** struct in6_pktinfo (RFC 3542, 6). */
    static final StructLayout IN6_PKTINFO =
            structLayout(sequenceLayout(16, JAVA_BYTE).withName("addr"), JAVA_INT.withName("ifindex"));

    static final long PKTINFO6_ADDR = offset(IN6_PKTINFO, "addr");
    static final long PKTINFO6_IFINDEX = offset(IN6_PKTINFO, "ifindex");

    /** struct pollfd (poll(2)). */
    static final StructLayout POLLFD =
            structLayout(JAVA_INT.withName("fd"), JAVA_SHORT.withName("events"), JAVA_SHORT.withName("revents"));

    static final long POLL_FD = offset(POLLFD, "fd");
    static final long POLL_EVENTS = offset(POLLFD, "events");
    static final long POLL_REVENTS = offset(POLLFD, "revents");

    /** struct epoll_event (epoll_ctl(2)), which is packed on x86-64 alone (EPOLL_PACKED, linux/eventpoll.h). */
    private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");

    static final ValueLayout.OfLong EPOLL_DATA_LAYOUT = ValueLayout.JAVA_LONG_UNALIGNED;
    static final long EPOLL_EVENTS = 0;
    static final long EPOLL_DATA = PACKED ? 4 : 8;
    static final long EPOLL_EVENT_SIZE = PACKED ? 12 : 16;

    /** Where the linker stores the errno. */
    static final StructLayout ERRNO = Linker.Option.captureStateLayout();

    private static final long ERRNO_VALUE = offset(ERRNO, "errno");

    private Layouts() {}

    /** What a control message with so many bytes of data takes, with its header: CMSG_SPACE (cmsg(3)). */
    static long controlSpace(long data) {
        return CMSG_DATA + (data + Long.BYTES - 1 & -Long.BYTES);
    }

    private static long offset(StructLayout layout, String field) {
        return layout.byteOffset(groupElement(field));
    }

    static int errno(MemorySegment captured) {
        return captured.get(JAVA_INT, ERRNO_VALUE);
    }
}
