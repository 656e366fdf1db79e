// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static dev.sluice.udp.nio.Loopback.LONG;
import static dev.sluice.udp.nio.Loopback.datagram;
import static dev.sluice.udp.nio.Loopback.receive;
import static dev.sluice.udp.nio.Loopback.send;
import static dev.sluice.udp.nio.Loopback.sendAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Binding, and IPv4 on IPv6 sockets. */
class AddressTest {

    @ParameterizedTest
    @EnumSource
    void U2_bindSaysWhyItFails(IpAddressFamily family) throws Exception {
        try (Loopback loopback = new Loopback(family);
                UdpSocket taken = loopback.bound();
                UdpSocket socket = loopback.provider.createSocket(family)) {
            assertEquals(ErrorCode.ADDRESS_IN_USE, code(() -> socket.bind(taken.localAddress())));
            // For documentation, nobody's: RFC 5737, RFC 3849. The address of this machine is not among the first.
            String nobodys = family == IpAddressFamily.IPV4 ? "203.0.113.1" : "2001:db8::1";
            for (int port : new int[] {0, 45_678}) {
                assertEquals(
                        ErrorCode.ADDRESS_NOT_BINDABLE, code(() -> socket.bind(new InetSocketAddress(nobodys, port))));
            }
            socket.bind(loopback.address(0));
            assertNotEquals(0, socket.localAddress().getPort());
        }
    }

    @ParameterizedTest
    @EnumSource
    void E9_broadcastIsRefusedWithAndWithoutAPeer(IpAddressFamily family) throws Exception {
        if (family == IpAddressFamily.IPV6) {
            return; // which has none
        }
        try (Loopback loopback = new Loopback(family);
                UdpSocket socket = loopback.bound()) {
            InetSocketAddress broadcast = new InetSocketAddress("127.255.255.255", 9);
            DatagramStreams streams = socket.stream(null);
            SocketErrorException e =
                    assertThrows(SocketErrorException.class, () -> send(streams.outgoing(), datagram("x", broadcast)));
            assertEquals(ErrorCode.ACCESS_DENIED, e.errorCode());
            assertEquals(13, e.errno().orElseThrow());
            assertEquals(ErrorCode.ACCESS_DENIED, code(() -> socket.stream(broadcast)));
        }
    }

    @Test
    void U1_ipv4IsNeverDeliveredToAnIpv6Socket() throws Exception {
        try (Loopback loopback = new Loopback(IpAddressFamily.IPV6);
                UdpSocket socket = loopback.provider.createSocket(IpAddressFamily.IPV6);
                UdpSocket sender = loopback.bound();
                DatagramChannel stranger = DatagramChannel.open()) {
            socket.bind(loopback.wildcard(0));
            int port = socket.localAddress().getPort();
            DatagramStreams in = socket.stream(null);
            stranger.send(ByteBuffer.wrap(new byte[3]), new InetSocketAddress("127.0.0.1", port));
            assertFalse(in.incoming().subscribe().ready());
            stranger.send(ByteBuffer.wrap(new byte[3]), new InetSocketAddress("127.0.0.1", port));
            assertEquals(List.of(), in.incoming().receive(5));
            stranger.send(ByteBuffer.wrap(new byte[3]), new InetSocketAddress("127.0.0.1", port));
            sendAll(sender.stream(null).outgoing(), datagram("six", loopback.address(port)));
            assertEquals(List.of("six"), receive(in.incoming(), 1));
        }
    }

    @Test
    void P3_ipv4DoesNotWakeWhoWaitsForAnIpv6Socket() throws Exception {
        try (Loopback loopback = new Loopback(IpAddressFamily.IPV6);
                UdpSocket socket = loopback.provider.createSocket(IpAddressFamily.IPV6);
                UdpSocket sender = loopback.bound();
                DatagramChannel stranger = DatagramChannel.open()) {
            socket.bind(loopback.wildcard(0));
            int port = socket.localAddress().getPort();
            DatagramStreams in = socket.stream(null);
            BlockingQueue<List<IncomingDatagram>> found = new LinkedBlockingQueue<>();
            in.incoming().subscribe().onReady(() -> {
                try {
                    found.add(in.incoming().receive(5));
                } catch (SocketErrorException e) {
                    found.add(List.of());
                }
            });
            stranger.send(ByteBuffer.wrap(new byte[3]), new InetSocketAddress("127.0.0.1", port));
            // The waiting thread serves both sockets in turn: it has met the stranger's, and called whom it calls for
            // it,
            // once it has called for the other one twice.
            UdpSocket other = loopback.bound();
            DatagramStreams sync = other.stream(null);
            for (int i = 0; i < 2; i++) {
                CountDownLatch met = new CountDownLatch(1);
                sync.incoming().subscribe().onReady(met::countDown);
                sendAll(sender.stream(other.localAddress()).outgoing(), datagram("sync"));
                assertTrue(met.await(LONG.toSeconds(), TimeUnit.SECONDS));
                assertEquals(List.of("sync"), receive(sync.incoming(), 1));
            }
            assertTrue(found.isEmpty());
            sendAll(sender.stream(null).outgoing(), datagram("six", loopback.address(port)));
            assertEquals(1, found.poll(LONG.toSeconds(), TimeUnit.SECONDS).size());
        }
    }

    @Test
    void E1_ipv4InDisguiseIsRefused() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        mapped[12] = 127;
        mapped[15] = 1;
        try (Loopback loopback = new Loopback(IpAddressFamily.IPV6);
                UdpSocket socket = loopback.bound()) {
            for (InetAddress address :
                    List.of(Inet6Address.getByAddress(null, mapped, 0), InetAddress.getByAddress(mapped))) {
                InetSocketAddress peer = new InetSocketAddress(address, 9);
                assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> socket.stream(peer)));
            }
        }
    }

    private static ErrorCode code(Executable call) {
        return assertThrows(SocketErrorException.class, call).errorCode();
    }
}
