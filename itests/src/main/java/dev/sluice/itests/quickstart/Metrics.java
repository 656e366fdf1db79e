// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.quickstart;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

// region metrics
/** A StatsD client: it never waits, any thread sends, and what could not be sent is counted. */
public final class Metrics implements AutoCloseable {
    private final LongAdder dropped = new LongAdder();
    private final UdpSocket socket;
    private final OutgoingDatagramStream out;

    public Metrics(UdpSocketProvider provider, InetSocketAddress collector) throws SocketErrorException {
        socket = provider.open(new InetSocketAddress("0.0.0.0", 0));
        out = socket.stream(collector).outgoing();
    }

    public void send(String line) {
        OutgoingDatagram datagram = new OutgoingDatagram(StandardCharsets.UTF_8.encode(line));
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                if (out.trySend(datagram)) {
                    return;
                }
            } catch (SocketErrorException e) {
                if (e.concernsEarlierDatagram()) {
                    continue; // the collector was down a moment ago: that costs no good line
                }
            }
            break;
        }
        dropped.increment();
    }

    public long dropped() {
        return dropped.sum();
    }

    @Override
    public void close() {
        socket.close();
    }
}
// endregion
