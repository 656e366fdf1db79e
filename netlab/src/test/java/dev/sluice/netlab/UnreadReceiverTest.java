// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A receiver that doesn't read: a send is no delivery, but the accounting is exact. */
class UnreadReceiverTest {
    private static final int PORT = 7006;

    @EverySetting
    void S1_whatDoesNotFitTheReceiversBufferIsCountedThere(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, lab.peer(PORT))) {
            lab.peer.open(PORT, 20_000);
            long before = lab.peerCounter("RcvbufErrors");
            for (int round = 0; round < 10; round++) {
                sender.sendAll(Payloads.list(100, 500, round * 100, null));
            }
            long arrived = lab.peer.settle(PORT).datagrams();
            long lost = lab.peerCounter("RcvbufErrors") - before;
            assertTrue(lost > 0, "the buffer is too small for this");
            assertEquals(sender.counted.size(), arrived + lost);
            assertEquals(1000, sender.socket.statistics().datagramsSent());

            sender.sendAll(Payloads.list(10, 500, 2000, null));
            assertEquals(arrived + 10, lab.peer.await(PORT, arrived + 10).datagrams(), "and it goes on");
        }
    }
}
