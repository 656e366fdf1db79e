// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.Pollable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** Waiting until a full send buffer is writable again (P1 to P3, P6), while the network holds. */
@EnumSource(IpAddressFamily.class)
public abstract class GateWaitTck extends FilledBuffer {

    /** For subclasses. */
    protected GateWaitTck() {}

    @Test
    final void P3_theReadableCallbackComesAfterTheWritableOne() throws Exception {
        fill(holding(true), true);
        CountDownLatch writable = new CountDownLatch(1);
        CountDownLatch readable = new CountDownLatch(1);
        streams.outgoing().subscribe().onReady(writable::countDown);
        streams.incoming().subscribe().onReady(readable::countDown);
        network.release();
        assertCalled(writable);
        assertEquals(1, readable.getCount());
        peer.send(socket.localAddress(), "readable");
        assertCalled(readable);
    }

    @Test
    final void P3_theWritableCallbackComesAfterTheReadableOne() throws Exception {
        OutgoingDatagramStream out = holding(true);
        peer.send(socket.localAddress(), "ahead of what fills the buffer");
        fill(out, true);
        CountDownLatch writable = new CountDownLatch(1);
        CountDownLatch readable = new CountDownLatch(1);
        out.subscribe().onReady(writable::countDown);
        streams.incoming().subscribe().onReady(readable::countDown);
        assertEquals(1, readable.getCount());
        network.release();
        assertCalled(readable);
        assertCalled(writable);
    }

    @Test
    final void P3_aCancelledWaitForTheGateLeavesTheOthers() throws Exception {
        OutgoingDatagramStream out = holding(false);
        fill(out, false);
        AtomicInteger cancelled = new AtomicInteger();
        CountDownLatch called = new CountDownLatch(2);
        out.subscribe().onReady(called::countDown);
        Pollable.Registration registration = out.subscribe().onReady(cancelled::incrementAndGet);
        out.subscribe().onReady(called::countDown);
        registration.cancel();
        network.release();
        assertCalled(called);
        assertEquals(0, cancelled.get());
    }

    @Test
    final void P2_U3_U7_theEndOfAStreamWakesWaitersForItsGate() throws Exception {
        OutgoingDatagramStream superseded = holding(true);
        fill(superseded, true);
        CountDownLatch called = new CountDownLatch(1);
        superseded.subscribe().onReady(called::countDown);
        OutgoingDatagramStream out = restart(true);
        assertCalled(called);
        assertCode(ErrorCode.INVALID_STATE, superseded::checkSend);

        assertEquals(0, send(out, next(true)));
        CountDownLatch closed = new CountDownLatch(1);
        out.subscribe().onReady(closed::countDown);
        socket.close();
        assertCalled(closed);
        assertCode(ErrorCode.INVALID_STATE, out::checkSend);
    }

    @Test
    final void P1_P6_blockEndsWhenTheGateOpens() throws Exception {
        for (boolean virtual : BlockedThread.kinds()) {
            OutgoingDatagramStream out = holding(true);
            fill(out, true);
            BlockedThread thread = BlockedThread.on(out.subscribe(), virtual);
            network.release();
            thread.assertReturns(patience());
            assertTrue(out.checkSend() > 0);
            closeEverything();
        }
    }

    @Test
    final void P1_P6_anInterruptAndTheEndOfTheStreamEndABlockForTheGate() throws Exception {
        OutgoingDatagramStream out = holding(true);
        fill(out, true);
        for (boolean virtual : BlockedThread.kinds()) {
            BlockedThread interrupted = BlockedThread.on(out.subscribe(), virtual);
            interrupted.interrupt();
            interrupted.assertInterrupted(patience());
        }
        for (boolean virtual : BlockedThread.kinds()) {
            BlockedThread superseded = BlockedThread.on(out.subscribe(), virtual);
            out = restart(true);
            superseded.assertReturns(patience());
            assertEquals(0, send(out, next(true)));
        }
        List<BlockedThread> closed = new ArrayList<>();
        for (boolean virtual : BlockedThread.kinds()) {
            closed.add(BlockedThread.on(out.subscribe(), virtual));
        }
        socket.close();
        for (BlockedThread thread : closed) {
            thread.assertReturns(patience());
        }
    }

    /** Both directions of one socket, each on a thread of its own: the gate opens, and the other thread blocks on. */
    @Test
    final void P6_bothDirectionsBlockAtOnce() throws Exception {
        for (boolean readingFirst : new boolean[] {true, false}) {
            for (boolean virtual : BlockedThread.kinds()) {
                OutgoingDatagramStream out = holding(true);
                fill(out, true);
                Pollable first = readingFirst ? streams.incoming().subscribe() : out.subscribe();
                Pollable second =
                        readingFirst ? out.subscribe() : streams.incoming().subscribe();
                BlockedThread one = BlockedThread.on(first, virtual);
                BlockedThread other = BlockedThread.on(second, virtual);
                network.release();
                (readingFirst ? other : one).assertReturns(patience());
                peer.send(socket.localAddress(), "readable");
                (readingFirst ? one : other).assertReturns(patience());
                closeEverything();
            }
        }
    }
}
