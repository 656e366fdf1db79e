// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.async;

import static dev.sluice.udp.async.Sockets.assertCode;
import static dev.sluice.udp.async.Sockets.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.Network;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** W3 and W4 over loopback: what waits, and what is cancelled. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AsyncQueuesTest {
    /** As many as a receive buffer holds. */
    private static final int ROUNDS = 150;

    private final Sockets sockets = new Sockets();

    @AfterEach
    void close() {
        sockets.close();
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W3_sendsLeaveInOrderAndAll(Setting setting) throws Exception {
        AsyncUdpSocket receiver = sockets.bound(setting);
        AsyncUdpSocket socket = sockets.bound(setting);
        for (int round = 0; round < 20; round++) {
            List<CompletableFuture<Void>> sends = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                sends.add(socket.send(number(i), receiver.localAddress()));
            }
            for (int i = 0; i < 50; i++) {
                assertEquals(i, number(receiver.receive()));
            }
            for (CompletableFuture<Void> send : sends) {
                Sockets.get(send);
            }
        }
        assertEquals(1000, socket.statistics().datagramsSent());
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W4_manyReceiversGetEachDatagramOnceInOrder(Setting setting) throws Exception {
        AsyncUdpSocket receiver = sockets.bound(setting);
        AsyncUdpSocket socket = sockets.bound(setting);
        List<CompletableFuture<IncomingDatagram>> receives = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            receives.add(receiver.receive());
        }
        for (int i = 0; i < 200; i++) {
            Sockets.get(socket.send(number(i), receiver.localAddress()));
        }
        for (int i = 0; i < 200; i++) {
            assertEquals(i, number(receives.get(i)));
        }
        assertEquals(200, receiver.statistics().datagramsReceived());
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W4_aCancelledReceiverLosesNothing(Setting setting) throws Exception {
        AsyncUdpSocket receiver = sockets.bound(setting);
        AsyncUdpSocket socket = sockets.bound(setting);
        int got = 0;
        for (int i = 0; i < ROUNDS; i++) { // cancelling meets the datagram at any moment
            CompletableFuture<IncomingDatagram> cancelled = receiver.receive();
            CompletableFuture<Void> sent = socket.send(number(i), receiver.localAddress());
            if (!cancelled.cancel(false)) {
                assertEquals(got++, number(cancelled));
            }
            Sockets.get(sent);
        }
        while (got < ROUNDS) {
            assertEquals(got++, number(receiver.receive()));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W3_whatIsCancelledBeforeItIsHandedOverIsNotSent(Setting setting) throws Exception {
        AsyncUdpSocket receiver = sockets.bound(setting);
        List<Runnable> tasks = new ArrayList<>();
        AsyncUdpSocket socket = sockets.open(setting, tasks::add);
        List<CompletableFuture<Void>> sends = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            sends.add(socket.send(number(i), receiver.localAddress()));
        }
        assertTrue(sends.get(0).cancel(false));
        assertTrue(sends.get(3).cancel(false));
        tasks.forEach(Runnable::run);
        for (int i : new int[] {1, 2, 4, 5}) {
            Sockets.get(sends.get(i));
            assertEquals(i, number(receiver.receive()));
        }
        assertEquals(4, socket.statistics().datagramsSent());
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W3_whatWaitsIsBounded(Setting setting) throws Exception {
        AsyncUdpSocket receiver = sockets.bound(setting);
        List<Runnable> tasks = new ArrayList<>();
        AsyncUdpSocket socket = sockets.open(setting, tasks::add);
        CompletableFuture<Void> last = null;
        for (int i = 0; i < AsyncUdpSocket.MAX_WAITING_SENDS; i++) {
            last = socket.send(number(i), receiver.localAddress());
        }
        assertCode(ErrorCode.OUT_OF_MEMORY, socket.send(number(0), receiver.localAddress()));
        assertFalse(last.isDone());
        assertTrue(last.cancel(false));
        assertFalse(socket.send(number(1), receiver.localAddress()).isDone(), "what is cancelled makes room");
        tasks.forEach(Runnable::run);
        assertEquals(0, number(receiver.receive()));
        socket.close();

        AsyncUdpSocket large = sockets.open(setting, tasks::add);
        ByteBuffer payload = ByteBuffer.allocate(60_000);
        int kept = AsyncUdpSocket.MAX_WAITING_BYTES / payload.remaining();
        for (int i = 0; i < kept; i++) {
            assertFalse(large.send(payload, receiver.localAddress()).isDone());
        }
        assertCode(ErrorCode.OUT_OF_MEMORY, large.send(payload, receiver.localAddress()));
    }

    /** What was sent before the fault leaves, and so does what follows it. */
    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W3_aNetworkThatThrowsFailsTheSendThatItWasAskedAbout(Setting setting) throws Exception {
        AsyncUdpSocket receiver = sockets.bound(setting);
        AsyncUdpSocket other = sockets.bound(setting);
        List<Runnable> tasks = new ArrayList<>();
        AsyncUdpSocket socket = sockets.open(setting, tasks::add, new Throwing(other.localAddress()));
        List<CompletableFuture<Void>> sends = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sends.add(socket.send(number(i), (i == 2 ? other : receiver).localAddress()));
        }
        tasks.forEach(Runnable::run);
        for (int i : new int[] {0, 1, 3, 4}) {
            Sockets.get(sends.get(i));
            assertEquals(i, number(receiver.receive()));
        }
        ExecutionException thrown = assertThrows(ExecutionException.class, () -> Sockets.get(sends.get(2)));
        assertInstanceOf(IllegalStateException.class, thrown.getCause());
    }

    private record Throwing(InetSocketAddress at) implements Network {
        @Override
        public boolean mayBind(InetSocketAddress local) {
            return true;
        }

        @Override
        public boolean maySendTo(InetSocketAddress remote) {
            if (remote.equals(at)) {
                throw new IllegalStateException("a fault of the network");
            }
            return true;
        }

        @Override
        public boolean mayReceiveFrom(InetSocketAddress remote) {
            return true;
        }
    }

    /** At whatever moment it is cancelled, what was cancelled is not sent, and what was not is. */
    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W3_aSendIsEitherCancelledOrSent(Setting setting) throws Exception {
        AsyncUdpSocket receiver = sockets.bound(setting);
        AsyncUdpSocket socket = sockets.bound(setting);
        int sent = 0;
        for (int round = 0; round < 20 * ROUNDS; round++) {
            CompletableFuture<Void> send = socket.send(number(round), receiver.localAddress());
            for (int spins = round % 200; spins > 0; spins--) {
                Thread.onSpinWait();
            }
            if (!send.cancel(false)) {
                Sockets.get(send);
                assertEquals(round, number(receiver.receive()));
                sent++;
            }
        }
        Sockets.get(socket.send(number(-1), receiver.localAddress()));
        assertEquals(-1, number(receiver.receive()));
        assertEquals(sent + 1, socket.statistics().datagramsSent());
    }
}
