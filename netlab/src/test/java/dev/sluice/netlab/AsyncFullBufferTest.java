// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.UdpSockets;
import dev.sluice.udp.async.AsyncUdpSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** W3 on a link so slow that the send buffer fills: sends wait, in order, and a cancelled one is not sent. */
class AsyncFullBufferTest {
    private static final int PORT = 7013;
    private static final int TOTAL = 1_000;

    @EverySetting
    void W3_sendsWaitInOrderWhileTheBufferIsFull(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                AsyncUdpSocket socket = AsyncUdpSocket.create(UdpSockets.provider(provider), family.address)) {
            lab.peer.open(PORT);
            socket.connect(lab.peer(PORT));
            SlowLink.SLOW.begin();
            List<OutgoingDatagram> datagrams = Payloads.list(TOTAL, 1_200, 1, null);
            List<CompletableFuture<Void>> sends = new ArrayList<>();
            for (OutgoingDatagram datagram : datagrams) {
                sends.add(socket.send(datagram.data(), null));
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (socket.statistics().leftToCaller() == 0 && System.nanoTime() < end) {
                Thread.onSpinWait(); // until the buffer is full: what a call has can't be cancelled
            }
            List<Integer> kept =
                    new ArrayList<>(IntStream.range(0, TOTAL).boxed().toList());
            kept.removeIf(number -> number % 3 == 1 && sends.get(number).cancel(false));
            assertTrue(kept.size() < TOTAL, "some were waiting behind a full buffer");
            for (int i = 0; i < kept.size(); i++) {
                sends.get(kept.get(i)).get(30, TimeUnit.SECONDS);
                assertInOrder(kept.subList(i, kept.size()), sends);
            }
            assertEquals(
                    Payloads.expected(kept.stream().map(datagrams::get).toList())
                            .inAnyOrder(),
                    lab.peer.await(PORT, kept.size()).inAnyOrder(),
                    "exactly once");
        }
    }

    /** None has completed before one that was sent earlier: looked at from the last one on. */
    private static void assertInOrder(List<Integer> numbers, List<CompletableFuture<Void>> sends) {
        boolean laterIsDone = false;
        for (int i = numbers.size() - 1; i >= 0; i--) {
            boolean done = sends.get(numbers.get(i)).isDone();
            assertTrue(done || !laterIsDone, () -> "a send behind another has completed before it");
            laterIsDone = done;
        }
    }
}
