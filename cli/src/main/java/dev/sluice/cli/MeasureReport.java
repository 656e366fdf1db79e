// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import java.nio.ByteBuffer;

/**
 * What a server has counted of a session since it began.
 *
 * @param received datagrams, each counted once
 * @param bytes their payloads
 * @param highest the highest number among them; -1 if there are none
 * @param reordered those that arrived behind one with a higher number
 * @param duplicated those that arrived once more, which are not among the received ones
 * @param jitterNanos the interarrival jitter of RFC 3550, section 6.4.1
 * @param droppedByKernel what the server's kernel dropped meanwhile; -1 if that isn't known
 */
record MeasureReport(
        long received,
        long bytes,
        long highest,
        long reordered,
        long duplicated,
        long jitterNanos,
        long droppedByKernel) {
    private static final int COUNTERS = 7;

    /** How long a report is, and so each query has to be. */
    static final int LENGTH = MeasureMessage.HEADER + COUNTERS * Long.BYTES;

    static final MeasureReport NONE = new MeasureReport(0, 0, -1, 0, 0, 0, -1);

    /** Writes it behind the header. */
    void write(ByteBuffer into) {
        into.position(MeasureMessage.HEADER);
        into.putLong(received)
                .putLong(bytes)
                .putLong(highest)
                .putLong(reordered)
                .putLong(duplicated)
                .putLong(jitterNanos)
                .putLong(droppedByKernel);
        into.flip();
    }

    /** Reads one, or returns null if it is too short. */
    static MeasureReport read(DatagramBatch batch, int index) {
        if (batch.length(index) < LENGTH) {
            return null;
        }
        long[] counters = new long[COUNTERS];
        for (int i = 0; i < COUNTERS; i++) {
            counters[i] = batch.memory().getLong(batch.offset(index) + MeasureMessage.HEADER + i * Long.BYTES);
        }
        return new MeasureReport(
                counters[0], counters[1], counters[2], counters[3], counters[4], counters[5], counters[6]);
    }

    /** How many are missing among those that could have arrived. */
    long lost() {
        return highest + 1 - received;
    }
}
