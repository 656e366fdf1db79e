package dev.sluice.udp.spi;

import dev.sluice.udp.SocketStatistics;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens on one socket. */
final class SocketCounters {
    // Written under the send lock only: a plain add with a lazy store costs no fence.
    private final AtomicLong datagramsSent = new AtomicLong();
    private final AtomicLong bytesSent = new AtomicLong();

    private final LongAdder datagramsReceived = new LongAdder();
    private final LongAdder bytesReceived = new LongAdder();
    final LongAdder droppedByNetwork = new LongAdder();
    final LongAdder droppedByPeerFilter = new LongAdder();
    final LongAdder sendErrors = new LongAdder();
    final LongAdder receiveErrors = new LongAdder();

    /** Called under the send lock. */
    void sent(int datagrams, long bytes) {
        datagramsSent.lazySet(datagramsSent.getPlain() + datagrams);
        bytesSent.lazySet(bytesSent.getPlain() + bytes);
    }

    void received(int datagrams, long bytes) {
        datagramsReceived.add(datagrams);
        bytesReceived.add(bytes);
    }

    SocketStatistics snapshot() {
        return new SocketStatistics(
                datagramsSent.get(),
                bytesSent.get(),
                datagramsReceived.sum(),
                bytesReceived.sum(),
                droppedByNetwork.sum(),
                droppedByPeerFilter.sum(),
                sendErrors.sum(),
                receiveErrors.sum());
    }
}
