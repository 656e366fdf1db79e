// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * The segment of the batch that was used last, so that using it again allocates nothing. It keeps the batch's memory
 * reachable, and every access by it is bounded by the memory's capacity.
 */
final class DirectMemory {
    private ByteBuffer buffer;
    private MemorySegment segment;

    /** The whole memory of a batch, whatever its buffer's position and limit, at which a segment would begin and end. */
    MemorySegment of(ByteBuffer memory) {
        if (memory != buffer) {
            segment = MemorySegment.ofBuffer(memory.duplicate().clear());
            buffer = memory;
        }
        return segment;
    }
}
