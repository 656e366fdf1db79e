// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import java.nio.ByteBuffer;

/**
 * What client and server of {@code sluice measure} send to each other, in network byte order:
 *
 * <pre>
 *  0  int   magic
 *  4  int   kind
 *  8  long  session, chosen by the client
 * 16  long  number: of the datagram, or of the query
 * 24  long  the client's time in nanoseconds, which an echo brings back
 * 32        a report's counters, or filling
 * </pre>
 *
 * No answer is larger than its request: a request with a forged source address is not amplified.
 */
final class MeasureMessage {
    static final int HEADER = 32;

    private static final int MAGIC = 0x534c_4d31;
    private static final int KIND = 4;
    private static final int SESSION = 8;
    private static final int NUMBER = 16;
    private static final int TIME = 24;

    /** What a message is. */
    enum Kind {
        /** One of the datagrams that are counted. */
        DATA,
        /** One of them, whose header is to be sent back. */
        DATA_TO_ECHO,
        /** Its header. */
        ECHO,
        /** Asks for a report. */
        QUERY,
        /** The counters of a session. */
        REPORT
    }

    private static final Kind[] KINDS = Kind.values();

    private MeasureMessage() {}

    /** Writes a header at the beginning of a buffer. */
    static void write(ByteBuffer into, Kind kind, long session, long number, long nanos) {
        into.putInt(0, MAGIC)
                .putInt(KIND, kind.ordinal())
                .putLong(SESSION, session)
                .putLong(NUMBER, number)
                .putLong(TIME, nanos);
    }

    /** What a datagram is, or null if it is none of ours. */
    static Kind kind(DatagramBatch batch, int index) {
        if (batch.length(index) < HEADER || batch.memory().getInt(batch.offset(index)) != MAGIC) {
            return null;
        }
        int kind = batch.memory().getInt(batch.offset(index) + KIND);
        return kind >= 0 && kind < KINDS.length ? KINDS[kind] : null;
    }

    static long session(DatagramBatch batch, int index) {
        return batch.memory().getLong(batch.offset(index) + SESSION);
    }

    static long number(DatagramBatch batch, int index) {
        return batch.memory().getLong(batch.offset(index) + NUMBER);
    }

    static long nanos(DatagramBatch batch, int index) {
        return batch.memory().getLong(batch.offset(index) + TIME);
    }
}
