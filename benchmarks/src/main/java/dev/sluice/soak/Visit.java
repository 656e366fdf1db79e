// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A short application: finds providers, sends and waits with each of them, and ends them. {@link Visitors} loads it in a
 * class loader of its own each time, as a web container loads an application.
 */
public final class Visit implements Callable<long[]> {
    private static final int SIZE = 32;

    private final InetSocketAddress[] closed;
    private final int count;

    /**
     * A visit.
     *
     * @param closed an address of each family where nothing is bound
     * @param count how many datagrams each setting is to send
     */
    public Visit(InetSocketAddress[] closed, int count) {
        this.closed = closed;
        this.count = count;
    }

    /** The datagrams that were sent, by family, and then of those the ones of providers that make no segments. */
    @Override
    public long[] call() throws Exception {
        long[] sent = new long[4];
        List<Setting> settings = Setting.all();
        try {
            for (Setting setting : settings) {
                int family = setting.family().ordinal();
                sent[family] += send(setting, closed[family]);
                if (!setting.segments()) {
                    sent[2 + family] += count;
                }
            }
        } finally {
            UdpSockets.shutdown();
        }
        return sent;
    }

    private int send(Setting setting, InetSocketAddress to) throws Exception {
        try (UdpSocket socket = setting.create()) {
            socket.bind(setting.family().any());
            var streams = socket.stream(null);
            OutgoingDatagramStream out = streams.outgoing();
            for (int i = 0; i < count; i++) {
                SoakFailure.require(
                        out.trySend(new OutgoingDatagram(ByteBuffer.allocate(SIZE), to)), "a visitor's buffer is full");
            }
            streams.incoming().subscribe().block(Duration.ofMillis(1)); // so that there is a thread to be ended
            return count;
        }
    }
}
