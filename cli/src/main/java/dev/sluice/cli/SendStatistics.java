// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Counts what a {@link Sender} does. Counted as sent is what {@code send} has returned, and nothing else. */
final class SendStatistics {
    private final Map<ErrorCode, Long> errors = new EnumMap<>(ErrorCode.class);
    private final BiConsumer<Long, SocketErrorException> onFirst;
    private final Totals sent = new Totals();
    private long total;
    private long givenUp;

    /**
     * Nothing is counted yet.
     *
     * @param onFirst receives the first error of each code, and the number of the datagram whose send met it
     */
    SendStatistics(BiConsumer<Long, SocketErrorException> onFirst) {
        this.onFirst = onFirst;
    }

    /** One more has been read, and is to be sent. */
    void add() {
        total++;
    }

    /** So many of those need not be sent any more. */
    void leftOut(int count) {
        total -= count;
    }

    void sent(DatagramBatch batch, int from, int to) {
        sent.add(batch, from, to);
    }

    void error(SocketErrorException error) {
        if (errors.merge(error.errorCode(), 1L, Long::sum) == 1) {
            onFirst.accept(datagrams() + givenUp + 1, error);
        }
    }

    void givenUp() {
        givenUp++;
    }

    long datagrams() {
        return sent.datagrams();
    }

    long bytes() {
        return sent.bytes();
    }

    /** How many there were to send, as far as is known. */
    long total() {
        return total;
    }

    boolean isClean() {
        return givenUp == 0 && errors.isEmpty();
    }

    /** For a summary: {@code none}, or {@code connection-refused 3, datagram-too-large 1}. */
    String errors() {
        return errors.isEmpty()
                ? "none"
                : errors.entrySet().stream()
                        .map(entry -> entry.getKey().witName() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }
}
