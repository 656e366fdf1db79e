// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SendNotPermittedException;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.Errno;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What happens between a check and the lock: the network, asked in that moment, stands for any other thread (U3, U7). */
class ReentranceTest extends Scripted {
    private static final InetSocketAddress LOCAL = new InetSocketAddress("127.0.0.1", 0);

    private interface Action {
        void run() throws SocketErrorException;
    }

    /** Allows everything, and does something when it is asked. */
    private static final class Meddling implements Network {
        private Action action = () -> {};
        private final AtomicInteger asked = new AtomicInteger();

        private boolean meddle() {
            asked.incrementAndGet();
            Action now = action;
            action = () -> {}; // once
            try {
                now.run();
            } catch (SocketErrorException e) {
                throw new AssertionError(e);
            }
            return true;
        }

        @Override
        public boolean mayBind(InetSocketAddress local) {
            return meddle();
        }

        @Override
        public boolean maySendTo(InetSocketAddress remote) {
            return meddle();
        }

        @Override
        public boolean mayReceiveFrom(InetSocketAddress remote) {
            return meddle();
        }
    }

    private final Meddling network = new Meddling();

    private static DatagramBatch batch(int datagrams) {
        DatagramBatch batch = new DatagramBatch(datagrams, 500_000);
        for (int i = 0; i < datagrams; i++) {
            assertTrue(batch.add(PEER, bytes("" + i)));
        }
        return batch;
    }

    @Test
    void U7_aSocketClosedWhileItBindsIsNotBound() throws Exception {
        UdpSocket socket = provider.createSocket(IpAddressFamily.IPV4);
        network.action = socket::close;
        assertCode(ErrorCode.INVALID_STATE, () -> socket.bind(network, LOCAL));
        assertEquals(List.of("close"), transport.calls());
    }

    @Test
    void U2_aSocketBoundWhileItBindsIsBoundOnce() throws Exception {
        UdpSocket socket = provider.createSocket(IpAddressFamily.IPV4);
        network.action = () -> socket.bind(LOCAL);
        assertCode(ErrorCode.INVALID_STATE, () -> socket.bind(network, LOCAL));
        assertEquals(List.of("bind"), transport.calls());
    }

    @Test
    void U7_aSocketClosedWhileItGetsAPeerIsNotConnected() throws Exception {
        UdpSocket socket = bound(network);
        transport.calls().clear();
        network.action = socket::close;
        assertCode(ErrorCode.INVALID_STATE, () -> socket.stream(PEER));
        assertEquals(List.of("close"), transport.calls());
    }

    @Test
    void U3_theLaterOfTwoStreamsAtOnceLives() throws Exception {
        UdpSocket socket = bound(network);
        DatagramStreams[] inner = new DatagramStreams[1];
        AtomicInteger woken = new AtomicInteger();
        network.action = () -> {
            inner[0] = socket.stream(null);
            inner[0].incoming().subscribe().onReady(woken::incrementAndGet);
        };
        DatagramStreams outer = socket.stream(PEER);
        assertCode(ErrorCode.INVALID_STATE, () -> inner[0].outgoing().checkSend());
        assertEquals(1, woken.get());
        assertTrue(outer.outgoing().checkSend() > 0);
    }

    @Test
    void U7_aSocketClosedWhileItSendsSendsNothing() throws Exception {
        UdpSocket socket = bound(network);
        OutgoingDatagramStream out = socket.stream(null).outgoing();
        transport.calls().clear();
        network.action = socket::close;
        assertCode(ErrorCode.INVALID_STATE, () -> send(out, datagrams(3)));
        assertEquals(List.of("close"), transport.calls());
    }

    @Test
    void U3_aStreamSupersededWhileItSendsABatchSendsNothing() throws Exception {
        UdpSocket socket = bound(network);
        OutgoingDatagramStream out = socket.stream(null).outgoing();
        transport.calls().clear();
        out.checkSend();
        network.action = () -> socket.stream(null);
        assertCode(ErrorCode.INVALID_STATE, () -> out.send(batch(3), 0, 3));
        assertEquals(List.of(), transport.calls());
    }

    @Test
    void U7_R2_whatWasReceivedBeforeTheCloseIsReturned() throws Exception {
        UdpSocket socket = bound(network);
        DatagramStreams streams = socket.stream(null);
        for (int i = 0; i < 300; i++) { // more than one send
            transport.arrive(new byte[1], PEER);
        }
        transport.calls().clear();
        network.action = socket::close;
        int received = streams.incoming().receive(300).size();
        assertTrue(received > 0 && received < 300, "received " + received);
        assertEquals(List.of("receive", "close"), transport.calls());
        assertCode(ErrorCode.INVALID_STATE, () -> streams.incoming().receive(300));
    }

    @Test
    void N1_theNetworkIsAskedByEachSendOfABatch() throws Exception {
        OutgoingDatagramStream out = bound(network).stream(null).outgoing();
        DatagramBatch batch = batch(3);
        for (int i = 1; i <= 3; i++) {
            out.checkSend();
            assertEquals(3, out.send(batch, 0, 3));
            assertEquals(i + 1, network.asked.get()); // once about binding, and once for a run to one destination
        }
    }

    @Test
    void S5_aBatchSpendsAPermitForWhatIsSentOfIt() throws Exception {
        OutgoingDatagramStream out = streams(null).outgoing();
        DatagramBatch batch = batch(2 * OutgoingDatagramStream.MAX_PERMIT);
        int permitted = out.checkSend();
        assertEquals(permitted, out.send(batch, permitted, 2 * permitted));
        assertThrows(SendNotPermittedException.class, () -> out.send(batch, 0, 1));
        out.checkSend();
        assertThrows(SendNotPermittedException.class, () -> out.send(batch, 1, permitted + 2));
        assertEquals(permitted, transport.sent().size());
    }

    @Test
    void S1_R1_batchesAreCountedLikeLists() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(PEER);
        streams.outgoing().checkSend();
        assertEquals(8, streams.outgoing().send(batch(10), 2, 10));
        streams.outgoing().checkSend();
        transport.onSend(failing(Errno.EPERM));
        assertCode(ErrorCode.ACCESS_DENIED, () -> streams.outgoing().send(batch(1), 0, 1));
        DatagramBatch into = batch(1);
        DatagramBatch batch = new DatagramBatch(10, 500_000);
        batch.add(null, bytes("already there"));
        transport.arrive(new byte[5], PEER).arrive(new byte[7], PEER).arrive(new byte[9], OTHER);
        assertEquals(2, streams.incoming().receive(batch, 10));
        assertThrows(IllegalArgumentException.class, () -> streams.incoming().receive(into, 1));
        assertEquals(8, socket.statistics().datagramsSent());
        assertEquals(8, socket.statistics().bytesSent());
        assertEquals(1, socket.statistics().sendErrors());
        assertEquals(2, socket.statistics().datagramsReceived());
        assertEquals(12, socket.statistics().bytesReceived());
        assertEquals(1, socket.statistics().droppedByPeerFilter());
    }

    @Test
    void S2_R2_aKeptErrorIsCountedWhereItIsThrown() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(PEER);
        transport.onSend(taking(1), failing(Errno.ECONNREFUSED));
        assertEquals(1, send(streams.outgoing(), datagrams(2)));
        assertEquals(0, socket.statistics().sendErrors());
        assertCode(ErrorCode.CONNECTION_REFUSED, () -> streams.incoming().receive(1));
        assertEquals(1, socket.statistics().receiveErrors());
        assertEquals(0, socket.statistics().sendErrors());
    }

    @Test
    void U8_noCallKeepsALock() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(PEER);
        transport.writable(false).onSend(taking(0));
        assertEquals(0, send(streams.outgoing(), datagrams(1)));
        List<Action> calls = List.of(
                () -> streams.outgoing().checkSend(),
                () -> streams.outgoing().subscribe().onReady(() -> {}).cancel(),
                () -> streams.incoming().subscribe().onReady(() -> {}).cancel(),
                () -> streams.incoming().receive(1),
                () -> socket.setSendBufferSize(7),
                socket::sendBufferSize,
                () -> streams.outgoing().send(List.of()));
        for (Action call : calls) {
            call.run();
            Thread other = new Thread(() -> {
                try {
                    socket.setReceiveBufferSize(9); // needs both locks
                } catch (SocketErrorException e) {
                    throw new AssertionError(e);
                }
            });
            other.setDaemon(true);
            other.start();
            other.join(PATIENCE_SECONDS * 1000L);
            assertFalse(other.isAlive(), "a lock was kept by call " + calls.indexOf(call));
        }
        transport.fire(DatagramTransport.WRITABLE);
    }
}
