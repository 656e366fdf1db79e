package dev.sluice.udp.tck.channel;

import dev.sluice.udp.SocketStatistics;
import java.util.concurrent.atomic.LongAdder;

/** What a socket counts. */
final class Counters {
    final LongAdder datagramsSent = new LongAdder();
    final LongAdder bytesSent = new LongAdder();
    final LongAdder datagramsReceived = new LongAdder();
    final LongAdder bytesReceived = new LongAdder();
    final LongAdder droppedByNetwork = new LongAdder();
    final LongAdder droppedByPeerFilter = new LongAdder();
    final LongAdder sendErrors = new LongAdder();
    final LongAdder receiveErrors = new LongAdder();

    SocketStatistics read() {
        return new SocketStatistics(
                datagramsSent.sum(),
                bytesSent.sum(),
                datagramsReceived.sum(),
                bytesReceived.sum(),
                droppedByNetwork.sum(),
                droppedByPeerFilter.sum(),
                sendErrors.sum(),
                receiveErrors.sum());
    }
}
