// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Large memory that takes pages of the machine only where it was written: Arena's own is filled with zeros, so that all of
 * it would be taken at once.
 */
final class MappedMemory {
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE = 0x2;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_NORESERVE = 0x4000;

    private MappedMemory() {}

    /** Memory that is freed when it isn't reachable any more. */
    @SuppressWarnings("restricted")
    static MemorySegment map(long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Layouts.ERRNO);
            int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
            long address = CLibrary.mmap(errno, bytes, PROT_READ_WRITE, flags);
            if (address < 0) {
                throw new OutOfMemoryError("mmap of " + bytes + " bytes: errno " + -address);
            }
            return MemorySegment.ofAddress(address).reinterpret(bytes, Arena.ofAuto(), MappedMemory::unmap);
        }
    }

    private static void unmap(MemorySegment memory) {
        try (Arena arena = Arena.ofConfined()) {
            CLibrary.munmap(arena.allocate(Layouts.ERRNO), memory.address(), memory.byteSize());
        }
    }
}
