// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.endive.wasi.io.StreamException;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class TcpSocketTest {
    private final OpenSockets sockets = new OpenSockets(null, 64);
    private final OpenChannels open = new OpenChannels(sockets, 4096);

    @AfterEach
    void close() {
        open.close();
    }

    @ParameterizedTest
    @EnumSource
    void bytesComeBackThroughManyConnections(IpAddressFamily family) throws Exception {
        TcpSocketResource server = listening(family);
        List<TcpSocketResource> all = new ArrayList<>(List.of(server));
        for (int i = 0; i < 30; i++) {
            TcpSocketResource client = connected(family, server);
            server.block();
            TcpSocketResource peer = server.accept();
            assertEquals(client.localAddress(), peer.remoteAddress());
            byte[] sent = {(byte) i, 1, 2};
            client.sink.write(sent);
            peer.source.block();
            peer.sink.write(peer.source.read(100));
            client.source.block();
            assertArrayEquals(sent, client.source.read(100));
            all.add(client);
            all.add(peer);
        }
        all.forEach(TcpSocketResource::close);
        assertEquals(0, sockets.streams.get());
    }

    @ParameterizedTest
    @EnumSource
    void aHalfClosedConnectionStillAnswers(IpAddressFamily family) throws Exception {
        TcpSocketResource server = listening(family);
        TcpSocketResource client = connected(family, server);
        server.block();
        TcpSocketResource peer = server.accept();
        client.shutdown(false, true);
        peer.source.block();
        assertThrows(StreamException.class, () -> peer.source.read(1));
        peer.sink.write(new byte[] {7});
        client.source.block();
        assertArrayEquals(new byte[] {7}, client.source.read(10));
    }

    @ParameterizedTest
    @EnumSource
    void whatTheSystemDoesNotTakeIsKeptUntilItDoes(IpAddressFamily family) throws Exception {
        TcpSocketResource server = listening(family);
        TcpSocketResource client = connected(family, server);
        server.block();
        TcpSocketResource peer = server.accept();
        long sent = 0;
        while (client.sink.permit() > 0 && sent < 1L << 30) {
            client.sink.write(new byte[4096]);
            sent += 4096;
        }
        assertFalse(client.sink.ready());
        client.shutdown(false, true); // ends only after what is kept
        long received = 0;
        while (received < sent) {
            peer.source.block();
            received += peer.source.read(-1).length;
        }
        peer.source.block();
        assertThrows(StreamException.class, () -> peer.source.read(1));
    }

    @ParameterizedTest
    @EnumSource
    void statesAndRefusalsHaveTheirCodes(IpAddressFamily family) throws Exception {
        TcpSocketResource server = listening(family);
        InetSocketAddress address = server.localAddress();
        fails(ErrorCode.WOULD_BLOCK, server::accept);
        fails(ErrorCode.INVALID_STATE, server::startListen);
        fails(ErrorCode.NOT_IN_PROGRESS, server::finishListen);
        TcpSocketResource other = new TcpSocketResource(family, open);
        fails(ErrorCode.INVALID_STATE, other::startListen);
        fails(ErrorCode.ADDRESS_IN_USE, () -> other.startBind(Network.unrestricted(), address));
        fails(ErrorCode.INVALID_ARGUMENT, () -> other.startConnect(Network.unrestricted(), loopback(family, 0)));
        TcpRules rules = new TcpRules();
        rules.listens = false;
        fails(ErrorCode.ACCESS_DENIED, () -> other.startConnect(rules, address));
        fails(ErrorCode.ACCESS_DENIED, () -> other.startBind(rules, loopback(family, 0)));
        server.close();
        other.startConnect(Network.unrestricted(), address);
        fails(ErrorCode.CONCURRENCY_CONFLICT, () -> other.startConnect(Network.unrestricted(), address));
        other.block();
        fails(ErrorCode.CONNECTION_REFUSED, other::finishConnect);
        fails(ErrorCode.INVALID_STATE, () -> other.startConnect(Network.unrestricted(), address));
        assertTrue(other.ready());
    }

    @ParameterizedTest
    @EnumSource
    void theThreadEndsWithTheHost(IpAddressFamily family) throws Exception {
        TcpSocketResource server = listening(family);
        server.onReady(() -> {});
        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("sluice-guest-tcp"))
                .toList();
        assertFalse(threads.isEmpty());
        open.close();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectionsThatTheNetworkRefusesAreClosedUnseen(IpAddressFamily family) throws Exception {
        TcpRules rules = new TcpRules();
        TcpSocketResource server = listening(family, rules);
        TcpSocketResource refused = new TcpSocketResource(family, open);
        refused.startBind(Network.unrestricted(), loopback(family, 0));
        refused.finishBind();
        rules.refused = refused.localAddress();
        refused.startConnect(Network.unrestricted(), server.localAddress());
        refused.block();
        refused.finishConnect();
        TcpSocketResource client = connected(family, server);
        server.block();
        assertEquals(client.localAddress(), server.accept().remoteAddress());
        fails(ErrorCode.WOULD_BLOCK, server::accept);
        refused.source.block();
        assertThrows(StreamException.class, () -> refused.source.read(1));
    }

    @ParameterizedTest
    @EnumSource
    void optionsAreSetAndClamped(IpAddressFamily family) throws Exception {
        TcpSocketResource socket = new TcpSocketResource(family, open);
        TcpOptions.set(socket, StandardSocketOptions.SO_KEEPALIVE, true);
        assertTrue(TcpOptions.get(socket, StandardSocketOptions.SO_KEEPALIVE));
        TcpOptions.setDuration(socket, TcpOptions.IDLE, 7_900_000_000L);
        assertEquals(7_000_000_000L, TcpOptions.duration(socket, TcpOptions.IDLE));
        TcpOptions.setDuration(socket, TcpOptions.INTERVAL, 1);
        assertEquals(1_000_000_000L, TcpOptions.duration(socket, TcpOptions.INTERVAL));
        TcpOptions.setCount(socket, 1 << 31);
        assertEquals(127, TcpOptions.get(socket, TcpOptions.COUNT));
        fails(ErrorCode.INVALID_ARGUMENT, () -> TcpOptions.setDuration(socket, TcpOptions.IDLE, 0));
        fails(ErrorCode.INVALID_ARGUMENT, () -> TcpOptions.setSize(socket, StandardSocketOptions.SO_SNDBUF, 0));
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionInheritsTheOptionsOfWhatListens(IpAddressFamily family) throws Exception {
        TcpSocketResource server = bound(family, Network.unrestricted());
        TcpOptions.set(server, StandardSocketOptions.SO_KEEPALIVE, true);
        TcpOptions.setDuration(server, TcpOptions.IDLE, 77_000_000_000L);
        server.startListen();
        server.finishListen();
        TcpOptions.setCount(server, 5);
        assertTrue(TcpOptions.get(server, StandardSocketOptions.SO_KEEPALIVE));
        assertEquals(77_000_000_000L, TcpOptions.duration(server, TcpOptions.IDLE));
        try (SocketChannel client = SocketChannel.open(server.localAddress())) {
            assertTrue(client.isConnected());
            server.block();
            TcpSocketResource connection = server.accept();
            assertTrue(TcpOptions.get(connection, StandardSocketOptions.SO_KEEPALIVE));
            assertEquals(77_000_000_000L, TcpOptions.duration(connection, TcpOptions.IDLE));
            assertEquals(5, TcpOptions.get(connection, TcpOptions.COUNT));
            connection.close();
        }
        server.close();
    }

    /** Limits are of sockets, and of a listener only the connections that were accepted are among them. */
    @ParameterizedTest
    @EnumSource
    void aFullGuestAcceptsWhenItHasRoomAgain(IpAddressFamily family) throws Exception {
        TcpSocketResource server = listening(family);
        TcpSocketResource client = connected(family, server);
        List<TcpSocketResource> others = new ArrayList<>();
        while (!open.isFull()) {
            others.add(new TcpSocketResource(family, open));
        }
        server.block();
        fails(ErrorCode.NEW_SOCKET_LIMIT, server::accept);
        fails(ErrorCode.NEW_SOCKET_LIMIT, () -> new TcpSocketResource(family, open));
        others.get(0).close();
        assertEquals(client.localAddress(), server.accept().remoteAddress());
    }

    /** Allows to listen, and to accept but from one address. */
    private static final class TcpRules implements Network {
        boolean listens = true;
        InetSocketAddress refused;

        @Override
        public boolean mayBind(InetSocketAddress local) {
            return false;
        }

        @Override
        public boolean maySendTo(InetSocketAddress remote) {
            return false;
        }

        @Override
        public boolean mayReceiveFrom(InetSocketAddress remote) {
            return false;
        }

        @Override
        public boolean mayListenOn(InetSocketAddress local) {
            return listens;
        }

        @Override
        public boolean mayAcceptFrom(InetSocketAddress remote) {
            return !remote.equals(refused);
        }
    }

    private static void fails(ErrorCode code, Executable call) {
        assertEquals(code, assertThrows(SocketErrorException.class, call).errorCode());
    }

    private static InetSocketAddress loopback(IpAddressFamily family, int port) throws Exception {
        return new InetSocketAddress(InetAddress.getByName(family == IpAddressFamily.IPV4 ? "127.0.0.1" : "::1"), port);
    }

    private TcpSocketResource bound(IpAddressFamily family, Network network) throws Exception {
        TcpSocketResource socket = new TcpSocketResource(family, open);
        socket.startBind(network, loopback(family, 0));
        socket.finishBind();
        return socket;
    }

    private TcpSocketResource listening(IpAddressFamily family) throws Exception {
        return listening(family, Network.unrestricted());
    }

    private TcpSocketResource listening(IpAddressFamily family, Network network) throws Exception {
        TcpSocketResource server = bound(family, network);
        server.startListen();
        server.finishListen();
        return server;
    }

    private TcpSocketResource connected(IpAddressFamily family, TcpSocketResource server) throws Exception {
        TcpSocketResource client = new TcpSocketResource(family, open);
        client.startConnect(Network.unrestricted(), server.localAddress());
        client.block();
        client.finishConnect();
        return client;
    }
}
