// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.sluice.udp.DatagramPath;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * An array of struct mmsghdr (sendmmsg(2), recvmmsg(2)), each with an address, one buffer, and room for control messages.
 * All lies in one segment, which the call gets; the buffers belong to the callers, which keep them reachable.
 */
final class Messages {
    static final int SOL_UDP = 17;
    static final int UDP_SEGMENT = 103;
    static final int UDP_GRO = 104;

    private static final long HEADER_SIZE = Layouts.MMSGHDR.byteSize();
    private static final long VECTOR_SIZE = Layouts.IOVEC.byteSize();

    /** For the segment size, the path of an IPv6 datagram in two parts, and some. */
    private static final long CONTROL_ROOM = 128;

    /** Of an address: the larger one, aligned. */
    private static final long NAME_SIZE = 32;

    final MemorySegment headers;
    final MemorySegment errno;

    private final int count;
    private final long vectors;
    private final long names;
    private final long controls;

    /** Of messages to send: how many bytes the control messages take that tell the path; the segment size comes behind. */
    private final int[] pathLengths;

    Messages(int count, SegmentAllocator allocator) {
        this.count = count;
        this.vectors = count * HEADER_SIZE;
        this.names = vectors + count * VECTOR_SIZE;
        this.controls = names + count * NAME_SIZE;
        this.headers = allocator.allocate(controls + count * CONTROL_ROOM, Layouts.MMSGHDR.byteAlignment());
        this.errno = allocator.allocate(Layouts.ERRNO);
        this.pathLengths = new int[count];
        for (int i = 0; i < count; i++) {
            long header = i * HEADER_SIZE;
            headers.set(ADDRESS, header + Layouts.MSG_NAME, at(names + i * NAME_SIZE));
            headers.set(ADDRESS, header + Layouts.MSG_IOV, at(vectors + i * VECTOR_SIZE));
            headers.set(JAVA_LONG, header + Layouts.MSG_IOVLEN, 1);
            headers.set(ADDRESS, header + Layouts.MSG_CONTROL, at(controls + i * CONTROL_ROOM));
        }
    }

    private MemorySegment at(long offset) {
        return MemorySegment.ofAddress(headers.address() + offset);
    }

    int count() {
        return count;
    }

    /** Sets a message's buffer, which has to lie inside of the memory. */
    void setBuffer(int index, MemorySegment memory, long from, long to) {
        Objects.checkFromToIndex(from, to, memory.byteSize());
        long vector = vectors + index * VECTOR_SIZE;
        headers.set(JAVA_LONG, vector + Layouts.IOV_BASE, memory.address() + from);
        headers.set(JAVA_LONG, vector + Layouts.IOV_LEN, to - from);
    }

    // To send

    /** Sets where a message goes; null for the peer. */
    void setDestination(int index, InetSocketAddress address) {
        int length = address == null ? 0 : SocketAddresses.write(address, headers, name(index));
        headers.set(JAVA_INT, index * HEADER_SIZE + Layouts.MSG_NAMELEN, length);
    }

    /** Sets a message's path; null for none. {@link #setSegmentSize} is to follow. */
    void setPath(int index, boolean ipv6, DatagramPath path) {
        pathLengths[index] = path == null ? 0 : SentPath.write(path, ipv6, headers, control(index));
    }

    /** Sets at which size a message is to be segmented; 0 for not at all. */
    void setSegmentSize(int index, int size) {
        long length = pathLengths[index];
        if (size != 0) {
            long control = control(index) + length;
            headers.set(JAVA_LONG, control + Layouts.CMSG_LEN, Layouts.CMSG_DATA + JAVA_SHORT.byteSize());
            headers.set(JAVA_INT, control + Layouts.CMSG_LEVEL, SOL_UDP);
            headers.set(JAVA_INT, control + Layouts.CMSG_TYPE, UDP_SEGMENT);
            headers.set(JAVA_SHORT, control + Layouts.CMSG_DATA, (short) size);
            length += Layouts.CONTROL.byteSize();
        }
        headers.set(JAVA_LONG, index * HEADER_SIZE + Layouts.MSG_CONTROLLEN, length);
    }

    // To receive

    /** Sets what the kernel changed when it filled a message, for the first ones. */
    void prepareToReceive(int messages) {
        for (int i = 0; i < messages; i++) {
            long header = i * HEADER_SIZE;
            headers.set(JAVA_INT, header + Layouts.MSG_NAMELEN, SocketAddresses.SIZE);
            headers.set(JAVA_LONG, header + Layouts.MSG_CONTROLLEN, CONTROL_ROOM);
        }
    }

    /** Where a message's address lies in {@link #headers}. */
    long name(int index) {
        return names + index * NAME_SIZE;
    }

    /** How many bytes a message brought. */
    int length(int index) {
        return headers.get(JAVA_INT, index * HEADER_SIZE + Layouts.MSG_LEN);
    }

    /** Where a message's control messages lie in {@link #headers}. */
    long control(int index) {
        return controls + index * CONTROL_ROOM;
    }

    /** How many bytes of control messages a message brought. */
    long controlLength(int index) {
        return headers.get(JAVA_LONG, index * HEADER_SIZE + Layouts.MSG_CONTROLLEN);
    }

    /**
     * The size of the datagrams that a message brought, of which the last may be shorter; all of it if it is a single one. The
     * kernel tells it before all that concerns the path (udp_recvmsg in net/ipv4/udp.c).
     */
    int segmentSize(int index) {
        int length = length(index);
        long control = control(index);
        if (controlLength(index) == 0
                || headers.get(JAVA_INT, control + Layouts.CMSG_LEVEL) != SOL_UDP
                || headers.get(JAVA_INT, control + Layouts.CMSG_TYPE) != UDP_GRO) {
            return length;
        }
        int size = headers.get(JAVA_INT, control + Layouts.CMSG_DATA);
        return size > 0 && size < length ? size : length;
    }
}
