// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/**
 * The sources of what a socket received last, so that datagrams of few senders allocate nothing, and a run has one address
 * object. A small table by hash; a source that meets another in its place replaces it.
 *
 * <p>Called under the receive lock.
 */
final class SourceAddresses {
    private static final int PLACES = 16;

    private final boolean ipv6;
    private final long[] highs = new long[PLACES];
    private final long[] lows = new long[PLACES];

    /** Scope and port. */
    private final long[] ends = new long[PLACES];

    private final InetSocketAddress[] addresses = new InetSocketAddress[PLACES];

    SourceAddresses(boolean ipv6) {
        this.ipv6 = ipv6;
    }

    /** The address that the kernel has written at an offset. */
    InetSocketAddress of(MemorySegment memory, long offset) {
        long high = SocketAddresses.high(ipv6, memory, offset);
        long low = SocketAddresses.low(ipv6, memory, offset);
        int scope = SocketAddresses.scope(ipv6, memory, offset);
        int port = SocketAddresses.port(memory, offset);
        long end = (long) scope << 16 | port;
        int place = place(high, low, end);
        InetSocketAddress known = addresses[place];
        if (known != null && lows[place] == low && ends[place] == end && highs[place] == high) {
            return known;
        }
        InetSocketAddress address = SocketAddresses.of(ipv6, high, low, scope, port);
        highs[place] = high;
        lows[place] = low;
        ends[place] = end;
        addresses[place] = address;
        return address;
    }

    private static int place(long high, long low, long end) {
        long mixed = (high ^ low ^ end) * 0x9E3779B97F4A7C15L; // Fibonacci hashing: the upper bits are well mixed
        return (int) (mixed >>> 60);
    }
}
