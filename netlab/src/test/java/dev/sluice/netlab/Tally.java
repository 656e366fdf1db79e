// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Adds up datagrams on either end, so that the two can be compared. */
final class Tally {
    private final CRC32 ordered = new CRC32();
    private long datagrams;
    private long bytes;
    private long unordered;

    void add(ByteBuffer payload) {
        int length = payload.remaining();
        ordered.update(length >>> 8);
        ordered.update(length);
        ordered.update(payload.duplicate());
        CRC32 alone = new CRC32();
        alone.update(payload.duplicate());
        unordered += alone.getValue();
        datagrams++;
        bytes += length;
    }

    long datagrams() {
        return datagrams;
    }

    Arrived arrived() {
        return new Arrived(datagrams, bytes, unordered, ordered.getValue());
    }
}
