// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What system properties set of a provider. */
class SettingsTest {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    private final Map<String, String> set = new TreeMap<>();

    private void set(String key, String value) {
        System.setProperty("sluice.nio." + key, value);
        set.put(key, value);
    }

    @AfterEach
    void clear() {
        set.keySet().forEach(key -> System.clearProperty("sluice.nio." + key));
    }

    @Test
    void disabledMeansUnavailable() {
        set("enabled", "false");
        try (NioProvider provider = new NioProvider()) {
            assertEquals(Optional.of("it is disabled by its setting 'enabled'"), provider.unavailability());
            SocketErrorException refused =
                    assertThrows(SocketErrorException.class, () -> provider.createSocket(IpAddressFamily.IPV4));
            assertEquals(ErrorCode.NOT_SUPPORTED, refused.errorCode());
        }
    }

    @Test
    void aWrongOneMeansUnavailableAndIsSaid() {
        set("idleSeconds", "soon");
        try (NioProvider provider = new NioProvider()) {
            assertEquals(
                    Optional.of("sluice.nio.idleSeconds is 'soon', which is not a whole number from 0 to 2147483647"),
                    provider.unavailability());
        }
    }

    @Test
    void buffersAreThoseOfEverySocketUnlessItSetsItsOwn() throws Exception {
        set("sendBuffer", "16384");
        set("receiveBuffer", "8192");
        try (NioProvider provider = new NioProvider();
                UdpSocket socket = provider.open(LOOPBACK)) {
            assertEquals(16_384, socket.sendBufferSize());
            assertEquals(8_192, socket.receiveBufferSize());
            socket.stream(socket.localAddress());
            socket.stream(null);
            assertEquals(16_384, socket.sendBufferSize(), "whatever peer it has had");
            socket.setReceiveBufferSize(20_000);
            assertEquals(20_000, socket.receiveBufferSize());
        }
    }

    @Test
    void theNetworkIsThatOfSocketsThatAreBoundWithoutOne() throws Exception {
        set("network", "bind 127.0.0.1:*");
        try (NioProvider provider = new NioProvider()) {
            SocketErrorException refused = assertThrows(
                    SocketErrorException.class, () -> provider.open(new InetSocketAddress("127.0.0.2", 0)));
            assertEquals(ErrorCode.ACCESS_DENIED, refused.errorCode());
            provider.open(LOOPBACK).close();
            provider.open(Network.unrestricted(), new InetSocketAddress("127.0.0.2", 0))
                    .close();
        }
    }

    @Test
    void aRankingTakesThePlaceOfThePriority() {
        try (NioProvider provider = new NioProvider()) {
            assertEquals(0, UdpSockets.withoutClose(provider).priority());
            set("ranking", "7");
            assertEquals(7, UdpSockets.withoutClose(provider).priority());
        }
    }
}
