// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.GroupMembership;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.UdpSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** Joining and leaving groups (O2, O5). Nothing is sent to one here: that needs a network of the test's own. */
@EnumSource(IpAddressFamily.class)
public abstract class MulticastTck extends RuleTest {

    /** For subclasses. */
    protected MulticastTck() {}

    private InetAddress group() throws Exception {
        return InetAddress.getByName(family == IpAddressFamily.IPV4 ? "239.255.77.1" : "ff11::7701");
    }

    /** A group of RFC 4607. */
    private InetAddress specific() throws Exception {
        return InetAddress.getByName(family == IpAddressFamily.IPV4 ? "232.1.77.2" : "ff31::7702");
    }

    private InetAddress source() throws Exception {
        return InetAddress.getByName(family == IpAddressFamily.IPV4 ? "192.0.2.9" : "2001:db8::9");
    }

    /** Any address of the host is the interface's, which the loopback one is enough for. */
    private NetworkInterface on() throws Exception {
        return NetworkInterface.getByInetAddress(Hosts.loopback(family));
    }

    private UdpSocket member() throws Exception {
        UdpSocket socket = socket();
        socket.bind(new InetSocketAddress(family == IpAddressFamily.IPV4 ? "0.0.0.0" : "::", 0));
        return socket;
    }

    @Test
    final void O2_withoutTheCapabilityItIsNotSupported() throws Exception {
        if (!can(ProviderCapability.MULTICAST)) {
            UdpSocket socket = member();
            assertCode(ErrorCode.NOT_SUPPORTED, () -> socket.join(group(), on()));
        }
    }

    @Test
    final void O2_U2_onlyABoundSocketJoins() throws Exception {
        UdpSocket socket = socket();
        assertCode(ErrorCode.INVALID_STATE, () -> socket.join(group(), on()));
        socket.close();
        assertCode(ErrorCode.INVALID_STATE, () -> socket.join(group(), on()));
    }

    @Test
    final void O2_whatIsNoGroupOrNoSourceIsInvalid() throws Exception {
        UdpSocket socket = member();
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.join(source(), on()));
        InetAddress other = InetAddress.getByName(family == IpAddressFamily.IPV4 ? "ff11::1" : "239.255.77.1");
        if (can(ProviderCapability.MULTICAST)) {
            assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.join(other, on()));
            assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.join(specific(), on(), group()));
            InetAddress foreign = InetAddress.getByName(family == IpAddressFamily.IPV4 ? "2001:db8::9" : "192.0.2.9");
            assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.join(specific(), on(), foreign));
            assertThrows(NullPointerException.class, () -> socket.join(null, on()));
            assertThrows(NullPointerException.class, () -> socket.join(group(), null));
        }
    }

    @Test
    final void O2_aMembershipSaysWhatItIsAndCanBeMadeAnew() throws Exception {
        if (!can(ProviderCapability.MULTICAST)) {
            return;
        }
        UdpSocket socket = member();
        for (int round = 0; round < 3; round++) {
            GroupMembership membership = socket.join(group(), on());
            assertEquals(group(), membership.group());
            assertEquals(on(), membership.networkInterface());
            assertEquals(Optional.empty(), membership.source());
            assertCode(ErrorCode.INVALID_STATE, () -> socket.join(group(), on()));
            assertCode(ErrorCode.INVALID_STATE, () -> socket.join(group(), on(), source()));
            membership.close();
        }
    }

    @Test
    final void O2_severalSourcesOfOneGroup() throws Exception {
        if (!can(ProviderCapability.MULTICAST)) {
            return;
        }
        UdpSocket socket = member();
        InetAddress another = InetAddress.getByName(family == IpAddressFamily.IPV4 ? "192.0.2.10" : "2001:db8::10");
        GroupMembership one = socket.join(specific(), on(), source());
        GroupMembership other = socket.join(specific(), on(), another);
        assertEquals(Optional.of(source()), one.source());
        assertCode(ErrorCode.INVALID_STATE, () -> socket.join(specific(), on(), another));
        assertCode(ErrorCode.INVALID_STATE, () -> socket.join(specific(), on()));
        one.close();
        socket.join(specific(), on(), source());
        other.close();
    }

    @Test
    final void O2_U7_closingTheSocketEndsThem() throws Exception {
        if (!can(ProviderCapability.MULTICAST)) {
            return;
        }
        UdpSocket socket = member();
        GroupMembership membership = socket.join(group(), on());
        socket.close();
        membership.close();
        membership.close();
    }

    @Test
    final void O5_theNetworkIsAskedForTheGroupAndTheSource() throws Exception {
        if (!can(ProviderCapability.MULTICAST)) {
            return;
        }
        TestNetwork network = new TestNetwork();
        UdpSocket socket = socket();
        socket.bind(network, new InetSocketAddress(family == IpAddressFamily.IPV4 ? "0.0.0.0" : "::", 0));
        int port = socket.localAddress().getPort();
        InetAddress group = specific();
        InetAddress source = source();
        network.receive = address -> !address.getAddress().equals(group);
        assertCode(ErrorCode.ACCESS_DENIED, () -> socket.join(group, on(), source));
        network.receive = address -> !address.getAddress().equals(source);
        assertCode(ErrorCode.ACCESS_DENIED, () -> socket.join(group, on(), source));
        network.receive = address -> address.getPort() == port;
        socket.join(group, on(), source);
    }
}
