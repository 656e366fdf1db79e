// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.nio.ByteBuffer;

/**
 * The contents of a flow of datagrams: number and seed decide each one's length and bytes, so that the other end can
 * check them without having seen them.
 *
 * @param seed of the flow; both ends know it
 */
record Flow(long seed) {
    static final int HEADER = Long.BYTES + Integer.BYTES;

    /** A datagram above the smallest MTU of the links is cut into fragments, which is allowed to be slow. */
    static final int LARGEST = 2000;

    private static final int PATTERNS = 256;
    private static final ByteBuffer PATTERN = pattern();

    private static ByteBuffer pattern() {
        ByteBuffer pattern = ByteBuffer.allocate(LARGEST + PATTERNS);
        for (int i = 0; i < pattern.capacity(); i++) {
            pattern.put(i, (byte) mix(i));
        }
        return pattern;
    }

    /** How long a datagram is: in stretches of equal lengths, which may be segmented, and stretches of changing ones. */
    int length(int number) {
        long stretch = mix(seed + number / 48);
        boolean equal = (stretch & 1) == 0;
        long choice = equal ? stretch >>> 8 : mix(seed ^ number);
        int most = (stretch & 6) == 0 ? LARGEST : 300;
        return HEADER + Math.floorMod(choice, most - HEADER);
    }

    /** Writes a datagram's bytes at the buffer's position. */
    void write(int number, ByteBuffer into) {
        into.putLong(seed).putInt(number);
        into.put(PATTERN.slice(number % PATTERNS, length(number) - HEADER));
    }

    /** The datagram's number, if the buffer from position to limit is a whole and undamaged datagram of this flow. */
    int numberOf(ByteBuffer datagram) {
        if (datagram.remaining() < HEADER || datagram.getLong(datagram.position()) != seed) {
            return -1;
        }
        int number = datagram.getInt(datagram.position() + Long.BYTES);
        if (number < 0 || datagram.remaining() != length(number)) {
            return -1;
        }
        ByteBuffer payload = datagram.slice(datagram.position() + HEADER, datagram.remaining() - HEADER);
        return payload.mismatch(PATTERN.slice(number % PATTERNS, payload.capacity())) < 0 ? number : -1;
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). */
    static long mix(long value) {
        long mixed = value + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
