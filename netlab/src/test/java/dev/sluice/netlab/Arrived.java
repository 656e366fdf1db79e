// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What arrived at a port of the peer, or should arrive.
 *
 * @param unordered a checksum of each datagram, all added up: the same in any order
 * @param ordered a checksum over all, one behind the other: the same in one order only
 */
record Arrived(long datagrams, long bytes, long unordered, long ordered) {
    static Arrived parse(String line) {
        long[] numbers = Stream.of(line.split(" ")).mapToLong(Long::parseLong).toArray();
        return new Arrived(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    /** For where the network may reorder. */
    Arrived inAnyOrder() {
        return new Arrived(datagrams, bytes, unordered, 0);
    }

    @Override
    public String toString() {
        return LongStream.of(datagrams, bytes, unordered, ordered)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" "));
    }
}
