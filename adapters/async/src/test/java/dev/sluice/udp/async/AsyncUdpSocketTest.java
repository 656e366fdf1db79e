// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.async;

import static dev.sluice.udp.async.Sockets.assertCode;
import static dev.sluice.udp.async.Sockets.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** W1 and W2 over loopback. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AsyncUdpSocketTest {
    private final Sockets sockets = new Sockets();

    @AfterEach
    void close() {
        sockets.close();
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W1_sendAndConnectBindAndReceiveDoesNot(Setting setting) throws Exception {
        AsyncUdpSocket receiver = sockets.bound(setting);
        AsyncUdpSocket unbound = sockets.open(setting);
        assertCode(ErrorCode.INVALID_STATE, unbound.receive());
        assertCode(ErrorCode.INVALID_STATE, unbound::localAddress);
        Sockets.get(unbound.send(number(1), receiver.localAddress()));
        int port = unbound.localAddress().getPort();
        assertTrue(port > 0);
        IncomingDatagram received = Sockets.get(receiver.receive());
        assertEquals(port, received.remoteAddress().getPort());
        assertEquals(1, received.data().getInt());

        AsyncUdpSocket connecting = sockets.open(setting);
        connecting.connect(receiver.localAddress());
        assertTrue(connecting.localAddress().getPort() > 0);
        assertEquals(receiver.localAddress(), connecting.remoteAddress());
        assertCode(ErrorCode.INVALID_STATE, () -> connecting.bind(setting.loopback(0)));
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W1_aPeerLimitsBothWaysUntilItIsDropped(Setting setting) throws Exception {
        AsyncUdpSocket one = sockets.bound(setting);
        AsyncUdpSocket other = sockets.bound(setting);
        AsyncUdpSocket socket = sockets.bound(setting);
        assertCode(ErrorCode.INVALID_STATE, socket::disconnect);
        assertCode(ErrorCode.INVALID_ARGUMENT, socket.send(number(0), null));

        socket.connect(one.localAddress());
        Sockets.get(socket.send(number(1), null));
        Sockets.get(socket.send(number(2), one.localAddress()));
        assertCode(ErrorCode.INVALID_ARGUMENT, socket.send(number(3), other.localAddress()));
        assertEquals(1, number(one.receive()));
        assertEquals(2, number(one.receive()));
        CompletableFuture<IncomingDatagram> waiting = socket.receive();
        Sockets.get(other.send(number(4), socket.localAddress()));
        Sockets.get(one.send(number(5), socket.localAddress()));
        assertEquals(5, number(waiting), "only the peer's");

        CompletableFuture<IncomingDatagram> acrossTheChange = socket.receive();
        socket.connect(other.localAddress());
        assertEquals(other.localAddress(), socket.remoteAddress());
        Sockets.get(other.send(number(6), socket.localAddress()));
        assertEquals(6, number(acrossTheChange), "a receiver that waits goes on with the next peer");
        Sockets.get(socket.send(number(7), null));
        assertEquals(7, number(other.receive()));

        socket.disconnect();
        assertCode(ErrorCode.INVALID_STATE, socket::remoteAddress);
        Sockets.get(socket.send(number(8), one.localAddress()));
        assertEquals(8, number(one.receive()));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.connect(setting.loopback(0)));
        Sockets.get(socket.send(number(9), other.localAddress()));
        assertEquals(9, number(other.receive()));
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W1_optionsAndClose(Setting setting) throws Exception {
        AsyncUdpSocket socket = sockets.bound(setting);
        socket.setReceiveBufferSize(50_000);
        assertEquals(50_000, socket.receiveBufferSize());
        socket.setOption(StandardSocketOptions.IP_TOS, 8);
        assertEquals(8, socket.getOption(StandardSocketOptions.IP_TOS));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.setSendBufferSize(0));
        InetSocketAddress local = socket.localAddress();
        CompletableFuture<IncomingDatagram> first = socket.receive();
        CompletableFuture<IncomingDatagram> second = socket.receive();
        socket.close();
        assertCode(ErrorCode.INVALID_STATE, first);
        assertCode(ErrorCode.INVALID_STATE, second);
        assertCode(ErrorCode.INVALID_STATE, socket.receive());
        assertCode(ErrorCode.INVALID_STATE, socket.send(number(1), local));
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W2_whatFailsHasItsCodeAndTheNextGoes(Setting setting) throws Exception {
        AsyncUdpSocket receiver = sockets.bound(setting);
        AsyncUdpSocket socket = sockets.bound(setting);
        List<CompletableFuture<Void>> sends = new ArrayList<>();
        sends.add(socket.send(number(0), receiver.localAddress()));
        sends.add(socket.send(ByteBuffer.allocate(70_000), receiver.localAddress()));
        sends.add(socket.send(number(2), setting.loopback(0)));
        sends.add(socket.send(number(3), receiver.localAddress()));
        Sockets.get(sends.get(0));
        assertEquals(AsyncErrorCode.DATAGRAM_TOO_LARGE, AsyncErrorCode.of(Sockets.error(sends.get(1))));
        assertEquals(AsyncErrorCode.INVALID_ARGUMENT, AsyncErrorCode.of(Sockets.error(sends.get(2))));
        Sockets.get(sends.get(3));
        assertEquals(0, number(receiver.receive()));
        assertEquals(3, number(receiver.receive()));
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W2_aRefusalOfThePeerFailsOneReceiverAndTheNextWaits(Setting setting) throws Exception {
        AsyncUdpSocket gone = sockets.bound(setting);
        InetSocketAddress closed = gone.localAddress();
        gone.close();
        AsyncUdpSocket socket = sockets.bound(setting);
        socket.connect(closed);
        CompletableFuture<IncomingDatagram> first = socket.receive();
        CompletableFuture<IncomingDatagram> second = socket.receive();
        Sockets.get(socket.send(number(1), null));
        assertEquals(AsyncErrorCode.CONNECTION_REFUSED, AsyncErrorCode.of(Sockets.error(first)));
        assertTrue(Sockets.error(first).concernsEarlierDatagram());
        assertFalse(second.isDone());
    }

    /** Callbacks then come inside of the calls that cause them. */
    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W1_worksOnAnExecutorThatRunsTasksAtOnce(Setting setting) throws Exception {
        AsyncUdpSocket receiver = sockets.bound(setting);
        AsyncUdpSocket socket = sockets.open(setting, Runnable::run);
        CompletableFuture<IncomingDatagram> unbound = socket.receive();
        assertCode(ErrorCode.INVALID_STATE, unbound);
        socket.bind(setting.loopback(0));
        CompletableFuture<IncomingDatagram> waiting = socket.receive();
        for (int i = 0; i < 20; i++) {
            socket.connect(receiver.localAddress());
            socket.disconnect();
        }
        Sockets.get(receiver.send(number(1), socket.localAddress()));
        assertEquals(1, number(waiting));
        CompletableFuture<IncomingDatagram> last = socket.receive();
        socket.close();
        assertCode(ErrorCode.INVALID_STATE, last);
    }
}
