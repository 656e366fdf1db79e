// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.SocketStatistics;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens on one socket (K1). How many were given to send is not counted but summed up, so that the sum is exact
 * whenever it is read; a send that goes well counts nothing but what it sent.
 */
final class SocketCounters {
    private static final ErrorCode[] CODES = ErrorCode.values();

    // Written under the send lock only: a plain add with a lazy store costs no fence.
    private final AtomicLong datagramsSent = new AtomicLong();
    private final AtomicLong bytesSent = new AtomicLong();

    private final AtomicLongArray refused = new AtomicLongArray(CODES.length);
    private final LongAdder leftToCaller = new LongAdder();
    private final LongAdder earlierErrors = new LongAdder();
    private final LongAdder datagramsReceived = new LongAdder();
    private final LongAdder bytesReceived = new LongAdder();
    final LongAdder droppedByNetwork = new LongAdder();
    final LongAdder droppedByPeerFilter = new LongAdder();
    final LongAdder receiveErrors = new LongAdder();

    /** The payload of the datagrams from one index to another; by runs of one size, for speed. */
    static long bytes(DatagramBatch batch, int from, int to) {
        long bytes = 0;
        for (int i = from, next; i < to; i = next) {
            next = Math.min(to, batch.runEnd(i));
            bytes += (long) (next - i) * batch.length(i);
        }
        return bytes;
    }

    /** Called under the send lock. */
    void sent(int datagrams, long bytes) {
        datagramsSent.lazySet(datagramsSent.getPlain() + datagrams);
        bytesSent.lazySet(bytesSent.getPlain() + bytes);
    }

    /** A send has ended: what it didn't send is the caller's. */
    int ended(int given, int sent) {
        if (sent < given) {
            leftToCaller.add(given - sent);
        }
        return sent;
    }

    /** A send has thrown: for the first datagram, or an earlier one. */
    SocketErrorException ended(int given, SocketErrorException error) {
        if (error.concernsEarlierDatagram()) {
            earlierErrors.increment();
            leftToCaller.add(given);
        } else {
            refused.incrementAndGet(error.errorCode().ordinal());
            leftToCaller.add(given - 1);
        }
        return error;
    }

    void received(int datagrams, long bytes) {
        datagramsReceived.add(datagrams);
        bytesReceived.add(bytes);
    }

    SocketStatistics snapshot(OptionalLong droppedByKernel) {
        return new SocketStatistics(
                datagramsSent.get(),
                bytesSent.get(),
                refusedByCode(),
                leftToCaller.sum(),
                earlierErrors.sum(),
                datagramsReceived.sum(),
                bytesReceived.sum(),
                droppedByNetwork.sum(),
                droppedByPeerFilter.sum(),
                receiveErrors.sum(),
                droppedByKernel);
    }

    private Map<ErrorCode, Long> refusedByCode() {
        Map<ErrorCode, Long> counts = new EnumMap<>(ErrorCode.class);
        for (ErrorCode code : CODES) {
            long count = refused.get(code.ordinal());
            if (count > 0) {
                counts.put(code, count);
            }
        }
        return counts;
    }
}
