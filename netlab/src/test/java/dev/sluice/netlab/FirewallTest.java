// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagram;
import java.util.List;

/** A firewall that drops in the output hook, which a send is told as EPERM. */
class FirewallTest {
    private static final int PORT = 7002;

    @EverySetting
    void E9_aDropInOutputIsAccessDenied(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, lab.peer(PORT))) {
            lab.peer.open(PORT);
            List<OutgoingDatagram> list = Payloads.list(10, 200, 1, null);
            assertEquals(10, sender.send(list));

            Commands.run("nft add table inet lab");
            Commands.run("nft add chain inet lab out { type filter hook output priority 0 ; }");
            Commands.run("nft add rule inet lab out udp dport " + PORT + " drop");
            for (int i = 0; i < 3; i++) {
                assertEquals(ErrorCode.ACCESS_DENIED, sender.sendFails(list).errorCode(), "each time anew");
            }

            Commands.run("nft flush ruleset");
            assertEquals(10, sender.send(list));
            assertEquals(Payloads.expected(sender.counted), lab.peer.await(PORT, 20));
        }
    }

    /** A firewall sees the super-packet before it is segmented (ip_output), and this one drops what is longer than a packet. */
    @EverySetting
    void S6_aFirewallThatRefusesSuperPacketsLosesNothing(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, lab.peer(PORT))) {
            lab.peer.open(PORT);
            Commands.run("nft add table inet lab");
            Commands.run("nft add chain inet lab out { type filter hook output priority 0 ; }");
            Commands.run("nft add rule inet lab out meta length > 2000 drop");
            for (int i = 0; i < 3; i++) {
                assertEquals(10, sender.send(Payloads.list(10, 1000, 1 + i, null)));
            }
            assertEquals(Payloads.expected(sender.counted), lab.peer.await(PORT, 30));
        }
    }
}
