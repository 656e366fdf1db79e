// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** A full send buffer (C2, C4, S1, S3, S7). Waiting for it is tested by {@link GateWaitTck}. */
@EnumSource(IpAddressFamily.class)
public abstract class FullBufferTck extends FilledBuffer {

    /** For subclasses. */
    protected FullBufferTck() {}

    @Test
    final void C4_S1_S7_aFullBufferEndsASendAndClosesTheGate() throws Exception {
        for (boolean connected : new boolean[] {false, true}) {
            counted.clear();
            OutgoingDatagramStream out = holding(connected);
            fill(out, connected);
            assertClosed(out);
            assertCountedArrives();
            await(out.subscribe());
            assertTrue(out.checkSend() > 0);
            counted.clear();
            assertEquals(1, out.send(List.of(next(connected))));
            closeEverything();
        }
    }

    @Test
    final void S3_aSendThatMeetsAFullBufferAtOnceReturnsZero() throws Exception {
        for (boolean connected : new boolean[] {false, true}) {
            counted.clear();
            fill(holding(connected), connected);
            for (String text : List.of("x".repeat(PAYLOAD), "y", "")) { // each on a new stream, whose gate is open
                OutgoingDatagram late = datagram(text, connected ? null : peer.address());
                OutgoingDatagramStream out = restart(connected);
                assertEquals(0, send(out, late, late));
                assertClosed(out);
                DatagramBatch batch = new DatagramBatch(2, 2 * PAYLOAD);
                batch.add(late.remoteAddress(), late.data());
                batch.add(late.remoteAddress(), late.data());
                OutgoingDatagramStream another = restart(connected);
                another.checkSend();
                assertEquals(0, another.send(batch, 0, 2));
                assertClosed(another);
            }
            assertEquals(counted.size(), socket.statistics().datagramsSent());
            assertEquals(0, socket.statistics().sendErrors());
            assertCountedArrives();
            closeEverything();
        }
    }

    @Test
    final void S1_whatAFullBufferHoldsSurvivesClosing() throws Exception {
        fill(holding(true), true);
        socket.close();
        assertCountedArrives();
    }

    @Test
    final void C2_C4_theGateClosesAndOpensAgainAndAgain() throws Exception {
        OutgoingDatagramStream out = holding(true);
        for (int round = 0; round < 3; round++) {
            fill(out, true);
            assertClosed(out);
            CountDownLatch called = new CountDownLatch(1);
            out.subscribe().onReady(called::countDown);
            assertEquals(1, called.getCount(), "nothing has left");
            network.release();
            assertCalled(called);
            network.hold();
        }
        assertCountedArrives();
    }
}
