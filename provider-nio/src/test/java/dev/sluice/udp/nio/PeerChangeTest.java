// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static dev.sluice.udp.nio.Loopback.await;
import static dev.sluice.udp.nio.Loopback.datagram;
import static dev.sluice.udp.nio.Loopback.receive;
import static dev.sluice.udp.nio.Loopback.sendAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Setting, changing and dropping the peer of a channel, which would throw its queue away. */
class PeerChangeTest {

    @ParameterizedTest
    @EnumSource
    void U4_whatThePeerSentBeforeItWasThePeerIsKept(IpAddressFamily family) throws Exception {
        try (Loopback loopback = new Loopback(family);
                UdpSocket one = loopback.bound();
                UdpSocket two = loopback.bound();
                UdpSocket socket = loopback.bound()) {
            DatagramStreams fromOne = one.stream(socket.localAddress());
            DatagramStreams fromTwo = two.stream(socket.localAddress());
            DatagramStreams all = socket.stream(null);
            sendAll(fromOne.outgoing(), datagram("1a"), datagram(""));
            sendAll(fromTwo.outgoing(), datagram("2a"));
            await(all.incoming().subscribe());
            DatagramStreams toOne = socket.stream(one.localAddress());
            assertTrue(toOne.incoming().subscribe().ready());
            sendAll(fromOne.outgoing(), datagram("1b"));
            assertEquals(List.of("1a", "", "1b"), receive(toOne.incoming(), 3));
            assertEquals(1, socket.statistics().droppedByPeerFilter());
        }
    }

    @ParameterizedTest
    @EnumSource
    void U4_whatThePeerSentIsKeptWhenItIsDropped(IpAddressFamily family) throws Exception {
        try (Loopback loopback = new Loopback(family);
                UdpSocket one = loopback.bound();
                UdpSocket socket = loopback.bound()) {
            socket.stream(one.localAddress());
            sendAll(one.stream(socket.localAddress()).outgoing(), datagram("a"), datagram(""), datagram("c"));
            DatagramStreams all = socket.stream(null);
            assertEquals(List.of("a", "", "c"), receive(all.incoming(), 3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void U3_portAndAddressStayOverAllChangesOfThePeer(IpAddressFamily family) throws Exception {
        try (Loopback loopback = new Loopback(family);
                UdpSocket one = loopback.bound();
                UdpSocket two = loopback.bound();
                UdpSocket specific = loopback.bound();
                UdpSocket wildcard = loopback.provider.createSocket(family)) {
            wildcard.bind(loopback.wildcard(0));
            InetSocketAddress local = specific.localAddress();
            InetSocketAddress any = wildcard.localAddress();
            assertTrue(any.getAddress().isAnyLocalAddress());
            DatagramStreams in = two.stream(null);
            for (InetSocketAddress peer : new InetSocketAddress[] {one.localAddress(), two.localAddress(), null}) {
                specific.stream(peer);
                assertEquals(local, specific.localAddress());
                wildcard.stream(peer);
                assertEquals(any.getPort(), wildcard.localAddress().getPort());
            }
            assertEquals(any, wildcard.localAddress());
            sendAll(specific.stream(null).outgoing(), datagram("x", two.localAddress()));
            await(in.incoming().subscribe());
            assertEquals(local, in.incoming().receive(1).get(0).remoteAddress());
        }
    }

    @ParameterizedTest
    @EnumSource
    void U3_errorOfTheFormerPeerIsForgotten(IpAddressFamily family) throws Exception {
        try (Loopback loopback = new Loopback(family);
                UdpSocket receiver = loopback.bound();
                UdpSocket socket = loopback.bound()) {
            DatagramStreams in = receiver.stream(null);
            InetSocketAddress to = receiver.localAddress();
            for (InetSocketAddress next : new InetSocketAddress[] {null, to}) {
                DatagramStreams refused = socket.stream(loopback.closedPort());
                sendAll(refused.outgoing(), datagram("lost"));
                await(refused.incoming().subscribe()); // for the ICMP error
                DatagramStreams out = socket.stream(next);
                // With the error pending, an unconnected send of a channel's answers as if sent, and isn't.
                sendAll(out.outgoing(), datagram("1", to), datagram("2", to));
                assertEquals(List.of("1", "2"), receive(in.incoming(), 2));
                assertEquals(List.of(), out.incoming().receive(1));
            }
        }
    }
}
