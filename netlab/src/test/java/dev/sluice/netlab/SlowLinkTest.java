// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import java.util.List;
import java.util.concurrent.FutureTask;

/** A link so slow that the send buffer fills: the gate closes, the pollable waits, the gate opens. */
class SlowLinkTest {
    private static final int PORT = 7005;

    @EverySetting
    void C4_aFullBufferClosesTheGateUntilTheKernelOpensIt(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, lab.peer(PORT))) {
            lab.peer.open(PORT);
            SlowLink.NEARLY_STOPPED.begin(); // so that the gate stays closed for as long as the test takes
            OutgoingDatagramStream out = sender.out();
            List<OutgoingDatagram> list = Payloads.list(1000, 1000, 1, null);

            int sent = sender.send(list);
            assertTrue(sent > 0 && sent < 1000, "S1: the buffer took " + sent);
            assertEquals(0, out.checkSend(), "C4");
            assertFalse(out.subscribe().ready(), "C2: the pollable agrees");
            assertEquals(0, out.checkSend(), "asking changes nothing");

            FutureTask<Boolean> waits = new FutureTask<>(() -> {
                boolean waited = ProcessorTime.isLeftAlone();
                SlowLink.SLOW.changeTo();
                return waited;
            });
            Thread opener = new Thread(waits, "opener");
            opener.start();
            out.subscribe().block();
            assertTrue(waits.get(), "P3: waiting doesn't spin");
            assertTrue(out.subscribe().ready(), "C2");
            assertTrue(out.checkSend() > 0, "C2");
            assertTrue(out.send(list.subList(sent, sent + 1)) == 1, "a permit that the kernel keeps");
        }
    }

    @EverySetting
    void S1_whatIsCountedArrivesOrIsCountedAsDropped(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, null)) {
            lab.peer.open(PORT);
            SlowLink.SLOW.begin();
            List<OutgoingDatagram> list = Payloads.list(600, 1000, 1, lab.peer(PORT));
            sender.sendAll(list);
            assertTrue(sender.closedGates > 0, "the buffer was full at least once");
            assertEquals(0, SlowLink.dropped(), "the queue holds more than the send buffer");
            Arrived expected = Payloads.expected(list);
            assertEquals(expected, Payloads.expected(sender.counted), "in order, as far as it is ours to say");
            assertEquals(expected.inAnyOrder(), lab.peer.await(PORT, 600).inAnyOrder(), "exactly once");
        }
    }

    @EverySetting
    void S1_theQueuesDropsAccountForWhatDoesNotArrive(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, null)) {
            lab.peer.open(PORT);
            SlowLink.SLOW_WITH_A_SHORT_QUEUE.begin();
            for (int round = 0; round < 20; round++) {
                sender.sendAll(Payloads.list(50, 1000, round * 50, lab.peer(PORT)));
            }
            long dropped = SlowLink.dropped();
            assertTrue(dropped > 0, "the queue is too short for this");
            long rest = sender.counted.size() - dropped;
            assertEquals(rest, lab.peer.await(PORT, rest).datagrams());
            assertEquals(rest, lab.peer.settle(PORT).datagrams(), "and no more");
            assertEquals(dropped, SlowLink.dropped(), "nothing was dropped behind the queue");
        }
    }
}
