// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;

/**
 * What the kernel's receive buffer of a test holds, so that a random test can keep below it and miss nothing. The kernel charges
 * memory, not bytes: the block that the allocator gave for headers, payload and {@code skb_shared_info}, and the
 * {@code sk_buff}. It takes back what has been read in portions of up to a quarter of the buffer
 * ({@code udp_rmem_release} in net/ipv4/udp.c).
 */
final class ReceiveBuffer {
    /** What may be under way at once, in bytes as {@link #charged} counts them. */
    static final int MOST_CHARGED = 200_000;

    /** What an unchanged net.core.rmem_max grants; the kernel takes it twice, one half for its own structures (socket(7)). */
    private static final int GRANTED = 212_992;

    /** Headers and {@code skb_shared_info} are below this. */
    private static final int BESIDE_PAYLOAD = 512;

    private static final int SK_BUFF = 256;

    private ReceiveBuffer() {}

    /** Makes room for {@link #MOST_CHARGED}, for one datagram more than that, and for what has been read but not taken back. */
    static void enlarge(UdpSocket receiver) throws SocketErrorException {
        receiver.setReceiveBufferSize(GRANTED);
        assertTrue(receiver.receiveBufferSize() >= GRANTED, "net.core.rmem_max is smaller than " + GRANTED);
    }

    /** At least what the kernel charges for a datagram of {@code length} bytes: the allocator's blocks are powers of two. */
    static int charged(int length) {
        return Integer.highestOneBit(2 * (length + BESIDE_PAYLOAD) - 1) + SK_BUFF;
    }
}
