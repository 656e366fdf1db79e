// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.function.Executable;

/** The sockets of one test, which are closed at its end, and what tests say of futures. */
final class Sockets implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private final List<AsyncUdpSocket> open = new ArrayList<>();

    AsyncUdpSocket open(Setting setting) throws SocketErrorException {
        return kept(AsyncUdpSocket.create(setting.provider(), setting.family()));
    }

    AsyncUdpSocket open(Setting setting, Executor executor) throws SocketErrorException {
        return open(setting, executor, Network.unrestricted());
    }

    AsyncUdpSocket open(Setting setting, Executor executor, Network network) throws SocketErrorException {
        return kept(AsyncUdpSocket.create(setting.provider(), setting.family(), network, executor));
    }

    private AsyncUdpSocket kept(AsyncUdpSocket socket) {
        open.add(socket);
        return socket;
    }

    AsyncUdpSocket bound(Setting setting) throws SocketErrorException {
        AsyncUdpSocket socket = open(setting);
        socket.bind(setting.loopback(0));
        return socket;
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    static SocketErrorException error(CompletableFuture<?> future) {
        return assertInstanceOf(
                SocketErrorException.class,
                assertThrows(ExecutionException.class, () -> get(future)).getCause());
    }

    static ByteBuffer number(int number) {
        return ByteBuffer.allocate(4).putInt(0, number);
    }

    static int number(CompletableFuture<IncomingDatagram> received) throws Exception {
        return get(received).data().getInt();
    }

    static void assertCode(ErrorCode expected, CompletableFuture<?> future) throws Exception {
        assertEquals(expected, error(future).errorCode());
    }

    static void assertCode(ErrorCode expected, Executable call) {
        assertEquals(expected, assertThrows(SocketErrorException.class, call).errorCode());
    }

    @Override
    public void close() {
        open.forEach(AsyncUdpSocket::close);
    }
}
