// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.channel;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.SocketStatistics;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a socket counts. */
final class Counters {
    final LongAdder datagramsSent = new LongAdder();
    final LongAdder bytesSent = new LongAdder();
    final LongAdder datagramsReceived = new LongAdder();
    final LongAdder bytesReceived = new LongAdder();
    final LongAdder droppedByNetwork = new LongAdder();
    final LongAdder droppedByPeerFilter = new LongAdder();
    final LongAdder leftToCaller = new LongAdder();
    final LongAdder earlierErrors = new LongAdder();
    private final Map<ErrorCode, Long> refused = new ConcurrentHashMap<>();
    final LongAdder receiveErrors = new LongAdder();

    /** A send has thrown. */
    void ended(int given, SocketErrorException error) {
        if (error.concernsEarlierDatagram()) {
            earlierErrors.increment();
            leftToCaller.add(given);
        } else {
            refused.merge(error.errorCode(), 1L, Long::sum);
            leftToCaller.add(given - 1);
        }
    }

    SocketStatistics read() {
        return new SocketStatistics(
                datagramsSent.sum(),
                bytesSent.sum(),
                refused,
                leftToCaller.sum(),
                earlierErrors.sum(),
                datagramsReceived.sum(),
                bytesReceived.sum(),
                droppedByNetwork.sum(),
                droppedByPeerFilter.sum(),
                receiveErrors.sum(),
                OptionalLong.empty());
    }
}
