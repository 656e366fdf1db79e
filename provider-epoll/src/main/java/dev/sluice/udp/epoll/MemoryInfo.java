// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What SO_MEMINFO returns (sk_get_meminfo in net/core/sock.c): how much memory a socket's queues take. It answers poll(2)'s
 * question without poll, which Netty doesn't offer: sock_writeable is wmem &lt; sndbuf / 2, and a queue that holds
 * something takes memory. Pending errors don't show.
 *
 * <p>Used by one thread at a time.
 */
final class MemoryInfo {
    private static final int RMEM_ALLOC = 0;
    private static final int WMEM_ALLOC = 2;
    private static final int SNDBUF = 3;
    private static final int DROPS = 8;
    private static final int FIELDS = 9;

    private final ByteBuffer info = ByteBuffer.allocate(FIELDS * Integer.BYTES).order(ByteOrder.nativeOrder());

    /** Where the system writes it. */
    ByteBuffer buffer() {
        return info.clear();
    }

    int queued() {
        return field(RMEM_ALLOC);
    }

    /** A count of 32 bits, which wraps. */
    long drops() {
        return Integer.toUnsignedLong(field(DROPS));
    }

    boolean isReadable() {
        return queued() > 0;
    }

    boolean isWritable() {
        return field(WMEM_ALLOC) < field(SNDBUF) / 2;
    }

    private int field(int index) {
        return info.getInt(index * Integer.BYTES);
    }
}
