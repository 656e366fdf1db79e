// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SendNotPermittedException;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.Errno;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate (C1 to C4), moved by hand. */
class GateTest extends Scripted {

    /** Closes the gate: the buffer is full, and the kernel says so when asked. */
    private void fill(OutgoingDatagramStream out) throws Exception {
        transport.writable(false).onSend(taking(0));
        assertEquals(0, send(out, datagrams(1)));
    }

    private void assertClosed(OutgoingDatagramStream out) throws Exception {
        assertEquals(0, out.checkSend());
        assertFalse(out.subscribe().ready());
    }

    private void assertOpen(OutgoingDatagramStream out) throws Exception {
        assertTrue(out.subscribe().ready());
        assertEquals(OutgoingDatagramStream.MAX_PERMIT, out.checkSend());
    }

    @Test
    void C2_anOpenGateMakesNoSystemCall() throws Exception {
        OutgoingDatagramStream out = streams(null).outgoing();
        for (int i = 0; i < 100; i++) {
            assertOpen(out);
        }
        assertEquals(List.of(), transport.calls());
    }

    @Test
    void C1_neverAnswersWouldBlock() throws Exception {
        OutgoingDatagramStream out = streams(null).outgoing();
        fill(out);
        for (int i = 0; i < 100; i++) {
            assertClosed(out);
        }
    }

    @Test
    void C2_C4_aFullBufferClosesItAndTheKernelOpensIt() throws Exception {
        OutgoingDatagramStream out = streams(null).outgoing();
        fill(out);
        assertClosed(out);
        transport.writable(true);
        assertOpen(out);
        transport.writable(false); // half full again, but nothing met a full buffer: the gate stays open
        assertOpen(out);
    }

    @Test
    void C2_thePollableOpensItForCheckSendToo() throws Exception {
        OutgoingDatagramStream out = streams(null).outgoing();
        fill(out);
        transport.onReadiness(taking(DatagramTransport.WRITABLE)); // once
        assertTrue(out.subscribe().ready());
        assertTrue(out.checkSend() > 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 127, 128, 129, 255, 256, 299})
    void C4_S1_aBufferThatIsFullInTheMiddle(int capacity) throws Exception {
        OutgoingDatagramStream out = streams(null).outgoing();
        for (int at = 0; at < capacity; ) { // short sends; the stream offers 128 datagrams at a time
            int taken = Math.min(Math.min(7, capacity - at), 128 - at % 128);
            transport.onSend(taking(taken));
            at += taken;
        }
        transport.onSend(taking(0)).writable(false);
        assertEquals(capacity, send(out, datagrams(300)));
        assertEquals(texts(300).subList(0, capacity), sent());
        assertClosed(out);
        transport.writable(true);
        assertEquals(300 - capacity, send(out, datagrams(300).subList(capacity, 300)));
        assertEquals(texts(300), sent());
    }

    @Test
    void C4_aShortSendIsNotAFullBuffer() throws Exception {
        OutgoingDatagramStream out = streams(null).outgoing();
        transport.onSend(taking(2), taking(1), taking(2)).writable(false);
        assertEquals(5, send(out, datagrams(5)));
        assertEquals(texts(5), sent());
        assertOpen(out);
    }

    @Test
    void S3_S5_aFullBufferAtOnceReturnsZeroAndSpendsThePermit() throws Exception {
        OutgoingDatagramStream out = streams(PEER).outgoing();
        out.checkSend();
        transport.onSend(taking(0));
        assertEquals(0, out.send(datagrams(3)));
        assertThrows(SendNotPermittedException.class, () -> out.send(datagrams(3)));
        assertEquals(List.of(), sent());
    }

    @Test
    void C3_zeroReplacesAnEarlierPermitToo() throws Exception {
        DatagramStreams streams = streams(null);
        OutgoingDatagramStream out = streams.outgoing();
        fill(out);
        assertEquals(0, out.checkSend());
        SendNotPermittedException trap = assertThrows(SendNotPermittedException.class, () -> out.send(datagrams(1)));
        assertEquals(0, trap.permitted());
    }

    @Test
    void C2_anErrorDoesNotCloseIt() throws Exception {
        OutgoingDatagramStream out = streams(null).outgoing();
        transport.onSend(failing(Errno.ENOBUFS)).writable(false);
        assertCode(ErrorCode.OUT_OF_MEMORY, () -> send(out, datagrams(1)));
        assertOpen(out);
    }

    @Test
    void C2_P3_theWaiterIsCalledWhenTheKernelReports() throws Exception {
        OutgoingDatagramStream out = streams(null).outgoing();
        fill(out);
        AtomicInteger calls = new AtomicInteger();
        out.subscribe().onReady(calls::incrementAndGet);
        out.subscribe().onReady(calls::incrementAndGet);
        assertEquals(1, transport.calls().stream().filter("arm"::equals).count());
        assertEquals(0, calls.get());
        assertTrue(transport.fire(DatagramTransport.WRITABLE));
        assertEquals(2, calls.get());
        transport.calls().clear();
        assertOpen(out); // the report opened the gate: the kernel is not asked again
        assertEquals(List.of(), transport.calls());
        assertFalse(transport.isArmed(DatagramTransport.WRITABLE));
    }

    @Test
    void C2_anOldReportDoesNotOpenAGateThatHasClosedSince() throws Exception {
        OutgoingDatagramStream out = streams(null).outgoing();
        fill(out);
        AtomicInteger calls = new AtomicInteger();
        out.subscribe().onReady(calls::incrementAndGet); // armed in the first turn
        transport.writable(true);
        assertOpen(out);
        fill(out); // closed again
        transport.fire(DatagramTransport.WRITABLE); // the report of the first turn comes at last
        assertClosed(out);
        assertEquals(0, calls.get());
        assertTrue(transport.isArmed(DatagramTransport.WRITABLE), "the waiter must still be called");
        transport.fire(DatagramTransport.WRITABLE);
        assertEquals(1, calls.get());
        assertOpen(out);
    }

    @Test
    void C2_aReportFromBeforeTheSecondClosingDoesNotOpenIt() throws Exception {
        DatagramStreams streams = streams(PEER);
        OutgoingDatagramStream out = streams.outgoing();
        fill(out);
        AtomicInteger calls = new AtomicInteger();
        out.subscribe().onReady(calls::incrementAndGet);
        // An error that is kept permits a send although the gate is closed; that send meets a full buffer as well.
        transport.arrive(new byte[1], PEER).arrive(error(Errno.ECONNREFUSED));
        assertEquals(1, streams.incoming().receive(5).size());
        assertEquals(1, calls.get());
        assertTrue(out.checkSend() > 0);
        assertCode(ErrorCode.CONNECTION_REFUSED, () -> streams.incoming().receive(1));
        transport.onSend(taking(0));
        assertEquals(0, out.send(datagrams(1)));
        out.subscribe().onReady(calls::incrementAndGet);
        transport.fire(DatagramTransport.WRITABLE);
        assertClosed(out);
        assertEquals(1, calls.get());
        transport.fire(DatagramTransport.WRITABLE);
        assertOpen(out);
        assertEquals(2, calls.get());
    }

    @Test
    void C2_P2_anErrorThatAskingConsumedOpensItAndIsThrownOnce() throws Exception {
        OutgoingDatagramStream out = streams(PEER).outgoing();
        fill(out);
        transport.onReadiness(failing(Errno.EHOSTUNREACH));
        assertTrue(out.subscribe().ready());
        assertTrue(out.checkSend() > 0);
        int calls = transport.calls().size();
        assertCode(ErrorCode.REMOTE_UNREACHABLE, () -> out.send(datagrams(1)));
        assertEquals(calls, transport.calls().size(), "before any system call");
        transport.writable(true);
        assertEquals(1, send(out, datagrams(1)));
    }

    /** The kernel has forgotten it, so nothing else will wake them. */
    @Test
    void P2_anErrorThatAskingConsumedWakesThoseThatWait() throws Exception {
        DatagramStreams streams = streams(PEER);
        fill(streams.outgoing());
        AtomicInteger woken = new AtomicInteger();
        streams.incoming().subscribe().onReady(woken::incrementAndGet);
        streams.outgoing().subscribe().onReady(() -> woken.addAndGet(10));
        transport.onReadiness(failing(Errno.ECONNREFUSED));
        assertTrue(streams.outgoing().checkSend() > 0);
        assertEquals(11, woken.get());
        assertCode(ErrorCode.CONNECTION_REFUSED, () -> streams.incoming().receive(1));
    }

    @Test
    void C2_aNewPairHasAGateOfItsOwn() throws Exception {
        var socket = bound();
        fill(socket.stream(null).outgoing());
        assertOpen(socket.stream(null).outgoing());
    }

    @Test
    void C1_anEndedStreamAnswersInvalidState() throws Exception {
        var socket = bound();
        OutgoingDatagramStream out = socket.stream(null).outgoing();
        fill(out);
        socket.stream(null);
        assertCode(ErrorCode.INVALID_STATE, out::checkSend);
        assertTrue(out.subscribe().ready());
    }
}
