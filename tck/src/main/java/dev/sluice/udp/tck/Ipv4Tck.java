// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** What only IPv4 has: broadcast. */
@EnumSource(value = IpAddressFamily.class, names = "IPV4")
public abstract class Ipv4Tck extends RuleTest {

    /** For subclasses. */
    protected Ipv4Tck() {}

    @Test
    final void E9_aBroadcastIsNotAllowed() throws Exception {
        Peer peer = peer();
        InetSocketAddress broadcast = new InetSocketAddress(Hosts.ip4(127, 255, 255, 255), 4000);
        assertRefused(ErrorCode.ACCESS_DENIED, streams(), peer, datagram("bad", broadcast));
    }
}
