package dev.sluice.udp.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * An array of struct mmsghdr (sendmmsg(2), recvmmsg(2)), each with an address, one buffer, and room for one control message.
 * All lies in one segment, which the call gets; the buffers belong to the callers, which keep them reachable.
 */
final class Messages {
    static final int SOL_UDP = 17;
    static final int UDP_SEGMENT = 103;
    static final int UDP_GRO = 104;

    private static final long HEADER_SIZE = Layouts.MMSGHDR.byteSize();
    private static final long VECTOR_SIZE = Layouts.IOVEC.byteSize();
    private static final long CONTROL_SIZE = Layouts.CONTROL.byteSize();

    /** Of an address: the larger one, aligned. */
    private static final long NAME_SIZE = 32;

    final MemorySegment headers;
    final MemorySegment errno;

    private final int count;
    private final long vectors;
    private final long names;
    private final long controls;

    Messages(int count, SegmentAllocator allocator) {
        this.count = count;
        this.vectors = count * HEADER_SIZE;
        this.names = vectors + count * VECTOR_SIZE;
        this.controls = names + count * NAME_SIZE;
        this.headers = allocator.allocate(controls + count * CONTROL_SIZE, Layouts.MMSGHDR.byteAlignment());
        this.errno = allocator.allocate(Layouts.ERRNO);
        for (int i = 0; i < count; i++) {
            long header = i * HEADER_SIZE;
            headers.set(ADDRESS, header + Layouts.MSG_NAME, at(names + i * NAME_SIZE));
            headers.set(ADDRESS, header + Layouts.MSG_IOV, at(vectors + i * VECTOR_SIZE));
            headers.set(JAVA_LONG, header + Layouts.MSG_IOVLEN, 1);
            headers.set(ADDRESS, header + Layouts.MSG_CONTROL, at(controls + i * CONTROL_SIZE));
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

    /** Sets where a message goes. */
    void setDestination(int index, InetSocketAddress address) {
        int length = SocketAddresses.write(address, headers, name(index));
        headers.set(JAVA_INT, index * HEADER_SIZE + Layouts.MSG_NAMELEN, length);
    }

    /** Sets at which size a message is to be segmented; 0 for not at all. */
    void setSegmentSize(int index, int size) {
        headers.set(JAVA_LONG, index * HEADER_SIZE + Layouts.MSG_CONTROLLEN, size == 0 ? 0 : CONTROL_SIZE);
        if (size != 0) {
            long control = controls + index * CONTROL_SIZE;
            headers.set(JAVA_LONG, control + Layouts.CMSG_LEN, Layouts.CMSG_DATA + JAVA_SHORT.byteSize());
            headers.set(JAVA_INT, control + Layouts.CMSG_LEVEL, SOL_UDP);
            headers.set(JAVA_INT, control + Layouts.CMSG_TYPE, UDP_SEGMENT);
            headers.set(JAVA_SHORT, control + Layouts.CMSG_DATA, (short) size);
        }
    }

    // To receive

    /** Sets what the kernel changed when it filled a message, for the first ones. */
    void prepareToReceive(int messages) {
        for (int i = 0; i < messages; i++) {
            long header = i * HEADER_SIZE;
            headers.set(JAVA_INT, header + Layouts.MSG_NAMELEN, SocketAddresses.SIZE);
            headers.set(JAVA_LONG, header + Layouts.MSG_CONTROLLEN, CONTROL_SIZE);
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

    /** The size of the datagrams that a message brought, of which the last may be shorter; all of it if it is a single one. */
    int segmentSize(int index) {
        int length = length(index);
        long control = controls + index * CONTROL_SIZE;
        if (headers.get(JAVA_LONG, index * HEADER_SIZE + Layouts.MSG_CONTROLLEN) == 0
                || headers.get(JAVA_INT, control + Layouts.CMSG_LEVEL) != SOL_UDP
                || headers.get(JAVA_INT, control + Layouts.CMSG_TYPE) != UDP_GRO) {
            return length;
        }
        int size = headers.get(JAVA_INT, control + Layouts.CMSG_DATA);
        return size > 0 && size < length ? size : length;
    }
}
