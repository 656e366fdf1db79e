// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.semantics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SendNotPermittedException;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.spi.Errno;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The loop over the transport's sends, and what becomes of an error at any place in it (S1 to S3, S5, S7, S8). */
class SendTest extends Scripted {
    private static final List<ErrorCode> KEPT = List.of(ErrorCode.REMOTE_UNREACHABLE, ErrorCode.CONNECTION_REFUSED);

    private static boolean isKept(Errno errno) {
        return KEPT.contains(error(errno).errorCode()) || errno == Errno.ENOPROTOOPT;
    }

    @ParameterizedTest
    @EnumSource(Errno.class)
    void S3_anErrorOfTheFirstIsThrown(Errno errno) throws Exception {
        OutgoingDatagramStream out = streams(PEER).outgoing();
        transport.onSend(failing(errno));
        SocketErrorException thrown = assertCode(error(errno).errorCode(), () -> send(out, datagrams(3)));
        assertEquals(OptionalInt.of(errno.number()), thrown.errno());
        assertEquals(List.of(), sent());
        assertThrows(SendNotPermittedException.class, () -> out.send(datagrams(1)));
        assertEquals(3, send(out, datagrams(3))); // not twice
    }

    @ParameterizedTest
    @EnumSource(Errno.class)
    void S2_anErrorBehindASuccess(Errno errno) throws Exception {
        OutgoingDatagramStream out = streams(PEER).outgoing();
        transport.onSend(taking(2), failing(errno));
        assertEquals(2, send(out, datagrams(5)));
        assertEquals(texts(2), sent());
        transport.calls().clear();
        if (isKept(errno)) { // the kernel reports it once: it is thrown once, before any system call
            assertEquals(OutgoingDatagramStream.MAX_PERMIT, out.checkSend());
            assertCode(error(errno).errorCode(), () -> out.send(datagrams(5).subList(2, 5)));
            assertEquals(List.of(), transport.calls());
        } // any other is met again with the rest, if it is still there
        assertEquals(3, send(out, datagrams(5).subList(2, 5)));
        assertEquals(texts(5), sent());
    }

    @ParameterizedTest
    @EnumSource(Errno.class)
    void S2_withoutAPeerNothingIsKept(Errno errno) throws Exception {
        DatagramStreams streams = streams(null);
        transport.onSend(taking(1), failing(errno));
        assertEquals(1, send(streams.outgoing(), datagrams(2)));
        assertFalse(streams.incoming().subscribe().ready());
        assertEquals(List.of(), streams.incoming().receive(1));
        assertEquals(1, send(streams.outgoing(), datagrams(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 127, 128, 129, 256, 1023})
    void S2_atAnyPlaceInALongList(int good) throws Exception {
        OutgoingDatagramStream out = streams(PEER).outgoing();
        AtomicInteger taken = new AtomicInteger();
        for (int i = 0; i < good; i++) {
            transport.onSend(() -> taken.incrementAndGet() > 0 ? 1 : 0);
        }
        transport.onSend(failing(Errno.ECONNREFUSED));
        assertEquals(good, send(out, datagrams(1024)));
        assertEquals(texts(1024).subList(0, good), sent());
        assertCode(ErrorCode.CONNECTION_REFUSED, () -> send(out, datagrams(1)));
    }

    @Test
    void S2_P2_aKeptErrorMakesBothPollablesReadyAndWakes() throws Exception {
        DatagramStreams streams = streams(PEER);
        AtomicInteger woken = new AtomicInteger();
        streams.incoming().subscribe().onReady(woken::incrementAndGet);
        transport.onSend(taking(1), failing(Errno.ECONNREFUSED));
        assertEquals(1, send(streams.outgoing(), datagrams(2)));
        assertEquals(1, woken.get());
        for (int i = 0; i < 3; i++) { // asking consumes nothing
            assertTrue(streams.incoming().subscribe().ready());
            assertTrue(streams.outgoing().subscribe().ready());
            assertTrue(streams.outgoing().checkSend() > 0);
            assertEquals(0, streams.outgoing().send(List.of()));
            assertEquals(List.of(), streams.incoming().receive(0));
        }
        assertCode(ErrorCode.CONNECTION_REFUSED, () -> streams.incoming().receive(1));
        assertFalse(streams.incoming().subscribe().ready());
        assertEquals(List.of(), streams.incoming().receive(1));
        assertEquals(1, send(streams.outgoing(), datagrams(1)));
    }

    @Test
    void S2_aKeptErrorIsThrownBeforeTheListIsLookedAt() throws Exception {
        OutgoingDatagramStream out = streams(PEER).outgoing();
        transport.onSend(taking(1), failing(Errno.ECONNREFUSED));
        assertEquals(1, send(out, datagrams(2)));
        assertCode(ErrorCode.CONNECTION_REFUSED, () -> send(out, List.of(datagram("bad", INVALID))));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> send(out, List.of(datagram("bad", INVALID))));
    }

    @Test
    void S2_aTrapLeavesAKeptErrorWhereItIs() throws Exception {
        OutgoingDatagramStream out = streams(PEER).outgoing();
        transport.onSend(taking(1), failing(Errno.ECONNREFUSED));
        assertEquals(1, send(out, datagrams(2)));
        assertThrows(SendNotPermittedException.class, () -> out.send(datagrams(1)));
        assertCode(ErrorCode.CONNECTION_REFUSED, () -> send(out, datagrams(1)));
    }

    @Test
    void S2_inABatch() throws Exception {
        OutgoingDatagramStream out = streams(PEER).outgoing();
        DatagramBatch batch = new DatagramBatch(5, 100);
        for (int i = 0; i < 5; i++) {
            batch.add(null, bytes("" + i));
        }
        transport.onSend(taking(1), taking(1), failing(Errno.EHOSTUNREACH));
        out.checkSend();
        assertEquals(2, out.send(batch, 1, 5));
        out.checkSend();
        assertCode(ErrorCode.REMOTE_UNREACHABLE, () -> out.send(batch, 3, 5));
        out.checkSend();
        assertEquals(2, out.send(batch, 3, 5));
        assertEquals(List.of("1", "2", "3", "4"), sent());
    }

    @Test
    void S2_aForbiddenOneEndsTheListWithoutASystemCallForIt() throws Exception {
        OutgoingDatagramStream out = streams(null).outgoing();
        List<OutgoingDatagram> list = new ArrayList<>(datagrams(200));
        list.add(150, datagram("bad", INVALID));
        assertEquals(150, send(out, list));
        assertEquals(texts(150), sent());
        assertEquals(2, transport.calls().size()); // 128 and 22
        transport.calls().clear();
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> send(out, list.subList(150, 201)));
        assertEquals(List.of(), transport.calls());
    }

    @Test
    void E9_whatIsNotKnownIsNotGuessed() throws Exception {
        OutgoingDatagramStream out = streams(PEER).outgoing();
        IOException strange = new IOException("strange");
        transport.onSend(() -> {
            throw strange;
        });
        SocketErrorException error = assertCode(ErrorCode.UNKNOWN, () -> send(out, datagrams(1)));
        assertSame(strange, error.getCause());
        assertEquals(OptionalInt.empty(), error.errno());
        assertEquals(1, error.getStackTrace().length);
        transport.onSend(() -> {
            throw new ClosedChannelException();
        });
        assertCode(ErrorCode.INVALID_STATE, () -> send(out, datagrams(1)));
    }

    @Test
    void U8_aBrokenTransportLeavesNoLockBehind() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(PEER);
        transport.onSend(() -> {
            throw new IllegalStateException("a bug");
        });
        assertThrows(IllegalStateException.class, () -> send(streams.outgoing(), datagrams(1)));
        Thread other = new Thread(socket::close);
        other.start();
        other.join(PATIENCE_SECONDS * 1000L);
        assertFalse(other.isAlive());
    }

    @Test
    void S1_statisticsCountWhatWasHandedOver() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(PEER);
        transport.onSend(taking(2), taking(0));
        assertEquals(2, send(streams.outgoing(), datagrams(5)));
        transport.onSend(failing(Errno.EPERM));
        assertCode(ErrorCode.ACCESS_DENIED, () -> send(streams.outgoing(), datagrams(5)));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> send(streams.outgoing(), List.of(datagram("", INVALID))));
        assertEquals(1, send(streams.outgoing(), List.of(datagram("", null))));
        assertEquals(3, socket.statistics().datagramsSent());
        assertEquals(2, socket.statistics().bytesSent());
        assertEquals(2, socket.statistics().sendErrors());
        socket.close();
        assertEquals(3, socket.statistics().datagramsSent());
    }

    @Test
    void S7_aNullInTheListSendsNothing() throws Exception {
        OutgoingDatagramStream out = streams(null).outgoing();
        List<OutgoingDatagram> list = new ArrayList<>(datagrams(3));
        list.set(2, null);
        assertThrows(NullPointerException.class, () -> send(out, list));
        assertEquals(List.of(), transport.calls());
        assertEquals(3, send(out, datagrams(3)));
    }

    @Test
    void S7_buffersAreOnlyRead() throws Exception {
        OutgoingDatagramStream out = streams(PEER).outgoing();
        ByteBuffer buffer = bytes("xxhelloxx").position(2).limit(7).asReadOnlyBuffer();
        transport.onSend(taking(1), failing(Errno.EPERM));
        assertEquals(1, send(out, Collections.nCopies(3, new OutgoingDatagram(buffer))));
        assertEquals(List.of("hello"), sent());
        assertArrayEquals(new int[] {2, 7}, new int[] {buffer.position(), buffer.limit()});
    }

    @Test
    void S6_largeOnesTakeSeveralSendsInOrder() throws Exception {
        OutgoingDatagramStream out = streams(PEER).outgoing();
        List<OutgoingDatagram> list = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            texts.add(i + "x".repeat(i % 3 == 0 ? 65_000 : 10_000));
            list.add(datagram(texts.get(i), null));
        }
        assertEquals(20, send(out, list));
        assertEquals(texts, sent());
    }

    private static final class Moody extends OpenNetwork {
        private boolean allows = true;

        @Override
        public boolean maySendTo(InetSocketAddress remote) {
            return allows;
        }
    }

    private interface Sending {
        int by(OutgoingDatagramStream out) throws SocketErrorException;
    }

    private void assertAskedAnew(Sending sending) throws Exception {
        Moody network = new Moody();
        OutgoingDatagramStream out = bound(network).stream(null).outgoing();
        for (int i = 0; i < 2; i++) {
            network.allows = true;
            out.checkSend();
            assertTrue(sending.by(out) > 0);
            network.allows = false;
            out.checkSend();
            assertCode(ErrorCode.ACCESS_DENIED, () -> sending.by(out));
        }
    }

    @Test
    void N1_theNetworkIsAskedAnewByEachSend() throws Exception {
        DatagramBatch batch = new DatagramBatch(2, 10);
        batch.add(PEER, bytes("1"));
        batch.add(PEER, bytes("2"));
        assertAskedAnew(out -> out.send(datagrams(1)));
        assertAskedAnew(out -> out.send(datagrams(2)));
        assertAskedAnew(out -> out.send(batch, 0, 2));
    }

    @Test
    void U7_anEndedStreamSaysSoWhateverIsSent() throws Exception {
        UdpSocket socket = bound();
        OutgoingDatagramStream out = socket.stream(PEER).outgoing();
        socket.stream(null);
        DatagramBatch batch = new DatagramBatch(1, 1);
        batch.add(null, bytes("x"));
        assertCode(ErrorCode.INVALID_STATE, () -> out.send(batch, 0, 1));
        assertCode(ErrorCode.INVALID_STATE, () -> out.send(batch, 0, 0));
        assertCode(ErrorCode.INVALID_STATE, () -> out.send(datagrams(1)));
        assertCode(ErrorCode.INVALID_STATE, () -> out.send(List.of()));
    }

    /** A list whose later part throws: of another class, a buffer whose memory is gone. */
    @Test
    void S2_whatIsThrownBehindTheFirstCallOfTheTransportKeepsTheCount() throws Exception {
        OutgoingDatagramStream out = streams(PEER).outgoing();
        @SuppressWarnings({"unchecked", "rawtypes"})
        List<OutgoingDatagram> list = new ArrayList<>((List) datagrams(200));
        @SuppressWarnings("unchecked")
        List<Object> foul = (List<Object>) (List<?>) list;
        foul.set(150, "not a datagram");
        assertEquals(150, send(out, list));
        assertEquals(texts(150), sent());
        out.checkSend();
        assertThrows(ClassCastException.class, () -> out.send(list.subList(150, 200)));
        assertEquals(150, sent().size());
        foul.set(150, datagram("150", PEER));
        foul.set(20, "not a datagram");
        out.checkSend();
        assertThrows(ClassCastException.class, () -> out.send(list));
        assertEquals(150, sent().size(), "nothing was sent, since it was met before the first call");
    }
}
