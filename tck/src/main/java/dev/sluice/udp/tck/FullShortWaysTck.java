// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** The shorter ways to send where the buffer is full (J1, J2). */
@EnumSource(IpAddressFamily.class)
public abstract class FullShortWaysTck extends FilledBuffer {
    /** More than the buffer holds. */
    private static final int MANY = 400;

    /** For subclasses. */
    protected FullShortWaysTck() {}

    @Test
    final void J1_C4_trySendSaysFullAndClosesTheGate() throws Exception {
        for (boolean connected : new boolean[] {false, true}) {
            counted.clear();
            fill(holding(connected), connected);
            OutgoingDatagramStream out = restart(connected); // whose gate is open
            OutgoingDatagram late = datagram("x".repeat(PAYLOAD), connected ? null : peer.address());
            assertFalse(out.trySend(late), "the buffer is full");
            assertClosed(out);
            assertFalse(out.trySend(late), "the gate is closed");
            assertCountedArrives();
            await(out.subscribe());
            assertTrue(out.trySend(late));
            closeEverything();
        }
    }

    @Test
    final void J2_sendAllSaysHowManyWentWhenTheTimeIsOver() throws Exception {
        for (Duration timeout : List.of(Duration.ZERO, Duration.ofMillis(10))) {
            counted.clear();
            OutgoingDatagramStream out = holding(true);
            List<OutgoingDatagram> list = list();
            int sent = out.sendAll(list, timeout);
            assertTrue(sent > 0 && sent < MANY, () -> sent + " of " + MANY);
            assertEquals(0, out.sendAll(list.subList(sent, MANY), timeout));
            counted.subList(sent, MANY).clear();
            assertCountedArrives();
            closeEverything();
        }
    }

    @Test
    final void J2_sendAllWaitsUntilEverythingIsSent() throws Exception {
        OutgoingDatagramStream out = holding(true);
        List<OutgoingDatagram> list = list();
        CompletableFuture<Integer> sent = CompletableFuture.supplyAsync(() -> {
            try {
                return out.sendAll(list, patience());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        network.release();
        assertEquals(MANY, sent.get(patience().toSeconds(), TimeUnit.SECONDS));
        assertCountedArrives();
    }

    @Test
    final void J2_sendAllIsInterruptibleAndLosesNoCount() throws Exception {
        OutgoingDatagramStream out = holding(true);
        List<OutgoingDatagram> list = list();
        Thread.currentThread().interrupt();
        int sent = out.sendAll(list, patience());
        assertTrue(Thread.interrupted());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> out.sendAll(list.subList(sent, MANY), patience()));
        assertFalse(Thread.currentThread().isInterrupted());
        counted.subList(sent, MANY).clear();
        assertCountedArrives();
    }

    private List<OutgoingDatagram> list() {
        List<OutgoingDatagram> list = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            OutgoingDatagram datagram = next(true);
            list.add(datagram);
            counted.add(text(datagram));
        }
        return list;
    }
}
