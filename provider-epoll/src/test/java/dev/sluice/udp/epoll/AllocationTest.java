// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.UdpSocket;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a call allocates, once warm. The rest of an average below one byte is the JVM's own. */
class AllocationTest {
    private static final int CALLS = 2_000;

    /** On a busy machine it takes a while until everything is compiled; usually two or three will do. */
    private static final int MOST_ROUNDS = 200;

    private static final int DATAGRAMS = 64;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final EpollProvider provider = new EpollProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    /** Code that can throw. */
    private interface Call {
        int run() throws Exception;
    }

    private long bytesPerCall(Call call) throws Exception {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < MOST_ROUNDS && least >= CALLS; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                assertTrue(call.run() == DATAGRAMS);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least / CALLS;
    }

    @Test
    @Tag("slow")
    void sendingToThePeerAllocatesNothing() throws Exception {
        try (Peer peer = new Peer(IpAddressFamily.IPV4);
                UdpSocket socket = provider.createSocket(IpAddressFamily.IPV4)) {
            socket.bind(Peer.loopback(IpAddressFamily.IPV4, 0));
            DatagramStreams streams = socket.stream(peer.address());
            DatagramBatch batch = new DatagramBatch(DATAGRAMS, DATAGRAMS * 100);
            List<OutgoingDatagram> list =
                    Collections.nCopies(DATAGRAMS, new OutgoingDatagram(ByteBuffer.allocate(100), null));
            assertEquals(0, bytesPerCall(() -> {
                batch.clear();
                for (int i = 0; i < DATAGRAMS; i++) {
                    batch.commit(null, 100 - i % 2); // runs and single ones
                }
                streams.outgoing().checkSend();
                return streams.outgoing().send(batch, 0, DATAGRAMS);
            }));
            assertEquals(0, bytesPerCall(() -> {
                streams.outgoing().checkSend();
                return streams.outgoing().send(list);
            }));
        }
    }
}
