// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static dev.sluice.udp.IpAddressFamily.IPV4;
import static dev.sluice.udp.IpAddressFamily.IPV6;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.UdpSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** What only IPv6 has: scope ids, and IPv4 addresses and datagrams that it must refuse (E1, E4, U1). */
@EnumSource(value = IpAddressFamily.class, names = "IPV6")
public abstract class Ipv6Tck extends RuleTest {

    /** For subclasses. */
    protected Ipv6Tck() {}

    @Test
    final void E1_ipv4MappedAndIpv4Compatible() throws Exception {
        InetAddress mapped = Hosts.ip6("00000000000000000000ffff7f000001", 0);
        InetAddress compatible = Hosts.ip6("0000000000000000000000007f000001", 0);
        assertInvalid(new InetSocketAddress(mapped, 4000));
        assertInvalid(new InetSocketAddress(compatible, 4000));
    }

    /** {@code NetworkInterface} hands out addresses like {@code ::1%lo}, whose scope the kernel ignores. */
    @Test
    final void E4_theScopeCountsForLinkLocalAddressesOnly() throws Exception {
        Peer peer = peer();
        DatagramStreams streams = streamsTo(scoped("00000000000000000000000000000001", 1, peer));
        assertEquals(
                3,
                send(
                        streams.outgoing(),
                        toPeer("none"),
                        datagram("without a scope", peer.address()),
                        datagram("with another", scoped("00000000000000000000000000000001", 7, peer))));
        assertEquals(List.of("none", "without a scope", "with another"), peer.texts());
        InetSocketAddress elsewhere = scoped("fe800000000000000000000000000001", 7, peer);
        assertRefused(ErrorCode.INVALID_ARGUMENT, streams, peer, datagram("bad", elsewhere));
    }

    @Test
    final void U4_aPeerWithAScopeThatDoesNotCountIsHeard() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        peer.send(socket.localAddress(), "before");
        DatagramStreams streams = socket.stream(scoped("00000000000000000000000000000001", 1, peer));
        peer.send(socket.localAddress(), "after");
        assertEquals(List.of("before", "after"), texts(receive(streams.incoming(), 2)));
    }

    private static InetSocketAddress scoped(String hex, int scope, Peer peer) {
        return new InetSocketAddress(Hosts.ip6(hex, scope), peer.address().getPort());
    }

    @Test
    final void U1_anIpv6SocketNeverDeliversIpv4() throws Exception {
        UdpSocket socket = socket();
        socket.bind(new InetSocketAddress(Hosts.unspecified(IPV6), 0));
        DatagramStreams streams = socket.stream(null);
        int port = socket.localAddress().getPort();
        Peer four = closing(underTest.openPeer(new InetSocketAddress(Hosts.loopback(IPV4), 0)));
        four.send(new InetSocketAddress(Hosts.loopback(IPV4), port), "IPv4");
        peer().send(loopback(port), "IPv6");
        assertEquals(List.of("IPv6"), texts(receive(streams.incoming(), 1)));
        assertEquals(List.of(), streams.incoming().receive(1));
    }

    @Test
    final void U1_theIpv4PortIsFreeOrInUseAsTheCapabilitySays() throws Exception {
        UdpSocket six = socket();
        six.bind(new InetSocketAddress(Hosts.unspecified(IPV6), closedPort().getPort()));
        UdpSocket four = closing(provider.createSocket(IPV4));
        InetSocketAddress samePort = new InetSocketAddress(
                Hosts.unspecified(IPV4), six.localAddress().getPort());
        if (can(ProviderCapability.V6ONLY_BIND)) {
            four.bind(samePort);
            assertEquals(samePort, four.localAddress());
        } else {
            assertCode(ErrorCode.ADDRESS_IN_USE, () -> four.bind(samePort));
        }
    }
}
