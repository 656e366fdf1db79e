// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
    private static final int COUNT = 1000;

    @Test
    void admitsWhatFitsAndThenAsMuchAsHasArrived() throws Exception {
        DatagramBatch batch = batch(0);
        Window window = new Window(10_000);
        int first = window.admit(batch, 0);
        assertTrue(first > 1 && first < COUNT, first + " admitted");
        window.sent(batch, 0, first);
        CompletableFuture<Integer> second = CompletableFuture.supplyAsync(() -> {
            try {
                return window.admit(batch, first);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        DatagramBatch arrived = new DatagramBatch(1, 0);
        arrived.add(null, new byte[0], 0, 0);
        window.arrived(arrived);
        assertEquals(1, second.get(60, TimeUnit.SECONDS));
    }

    @Test
    void oneAlwaysFits() throws Exception {
        assertEquals(1, new Window(1).admit(batch(1000), 0));
    }

    /** Whatever the window admits is in the kernel's buffer, though nothing was read meanwhile. */
    @ParameterizedTest
    @CsvSource({"nio, 20000", "epoll, 20000", "nio, 212992", "epoll, 212992"})
    void whatItAdmitsFitsIntoTheKernelsBuffer(String provider, int bufferSize) throws Exception {
        for (int size : new int[] {0, 1, 64, 300, 1200, 4000, 9000, 30_000, 65_507}) {
            try (UdpSocket from = UdpSockets.provider(provider).createSocket(IpAddressFamily.IPV4);
                    UdpSocket to = UdpSockets.provider(provider).createSocket(IpAddressFamily.IPV4)) {
                from.bind(new InetSocketAddress("127.0.0.1", 0));
                to.bind(new InetSocketAddress("127.0.0.1", 0));
                to.setReceiveBufferSize(bufferSize);
                IncomingDatagramStream in = to.stream(null).incoming();
                OutgoingDatagramStream out = from.stream(null).outgoing();

                DatagramBatch batch = batch(size);
                DatagramBatch addressed = new DatagramBatch(COUNT, COUNT * size);
                for (int i = 0; i < COUNT; i++) {
                    addressed.add(to.localAddress(), batch.bytes(i), 0, size);
                }
                int admitted = new Window(to.receiveBufferSize()).admit(addressed, 0);
                assertTrue(out.checkSend() >= admitted);
                assertEquals(admitted, out.send(addressed, 0, admitted));
                assertEquals(admitted, in.receive(COUNT).size(), size + " bytes each");
            }
        }
    }

    private static DatagramBatch batch(int size) {
        DatagramBatch batch = new DatagramBatch(COUNT, COUNT * size);
        for (int i = 0; i < COUNT; i++) {
            batch.add(null, new byte[size], 0, size);
        }
        return batch;
    }
}
