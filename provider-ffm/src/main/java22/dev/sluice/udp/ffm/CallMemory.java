// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/** Native memory for the arguments of one call at a time. */
final class CallMemory {
    private static final int MEMORY_INFO = 9;

    final MemorySegment errno;
    final MemorySegment address;

    /** Of an option. */
    final MemorySegment value;

    /** A socklen_t, of an option or an address. */
    final MemorySegment length;

    final MemorySegment pollfd;

    /** Of SO_MEMINFO. */
    final MemorySegment memoryInfo;

    CallMemory(SegmentAllocator allocator) {
        errno = allocator.allocate(Layouts.ERRNO);
        address = allocator.allocate(Layouts.SOCKADDR_IN6);
        value = allocator.allocate(JAVA_INT);
        length = allocator.allocate(JAVA_INT);
        pollfd = allocator.allocate(Layouts.POLLFD);
        memoryInfo = allocator.allocate(JAVA_INT, MEMORY_INFO);
    }

    MemorySegment value(int set) {
        value.set(JAVA_INT, 0, set);
        return value;
    }

    MemorySegment length(int set) {
        length.set(JAVA_INT, 0, set);
        return length;
    }
}
