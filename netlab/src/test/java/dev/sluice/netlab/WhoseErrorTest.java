// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.util.List;

/**
 * Whose error it is that a send answers: its own, by a route or a firewall here, or that of an earlier datagram, by a router or
 * the peer. The codes are the same.
 */
class WhoseErrorTest {
    private static final int PORT = 7005;
    private static final int MOST_ATTEMPTS = 500;

    @EverySetting
    void S8_aRouteThatRefusesHereIsTheSendsOwn(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family)) {
            routeElsewhere(lab);
            try (Sender sender = new Sender(provider, family, lab.elsewhere(PORT))) {
                assertEquals(1, sender.send(one()));
                lab.ipOfFamily("route del " + lab.elsewhereNetwork());
                assertOwn(sender, ErrorCode.REMOTE_UNREACHABLE);
                assertOwn(lab, sender, "unreachable", ErrorCode.REMOTE_UNREACHABLE);
                assertOwn(lab, sender, "prohibit", ErrorCode.ACCESS_DENIED);
                assertOwn(lab, sender, "blackhole", ErrorCode.INVALID_ARGUMENT);
            }
        }
    }

    private static void routeElsewhere(Lab lab) {
        lab.ipOfFamily("route add " + lab.elsewhereNetwork() + " via "
                + lab.peer(PORT).getAddress().getHostAddress());
    }

    private static void assertOwn(Lab lab, Sender sender, String route, ErrorCode code) {
        lab.ipOfFamily("route add " + route + " " + lab.elsewhereNetwork());
        assertOwn(sender, code);
        lab.ipOfFamily("route del " + route + " " + lab.elsewhereNetwork());
    }

    private static void assertOwn(Sender sender, ErrorCode code) {
        for (int i = 0; i < 3; i++) {
            SocketErrorException error = sender.sendFails(one());
            assertEquals(code, error.errorCode());
            assertFalse(error.concernsEarlierDatagram(), error::toString);
        }
    }

    /** A "prohibit" route, of whose ICMP message IPv4 makes EHOSTUNREACH, and IPv6 EACCES. */
    @EverySetting
    void S8_aRouterThatProhibitsIsAnEarlierDatagrams(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family)) {
            makeRouter(lab);
            lab.peer.run("ip " + lab.option() + " route add prohibit " + lab.elsewhereNetwork());
            ErrorCode code = family == Family.IPV4 ? ErrorCode.REMOTE_UNREACHABLE : ErrorCode.ACCESS_DENIED;
            assertEarlier(lab, provider, code);
        }
    }

    @EverySetting
    void S8_aFirewallOnTheWayIsAnEarlierDatagrams(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family)) {
            makeRouter(lab);
            lab.peer.run("nft add table inet lab");
            lab.peer.run("nft add chain inet lab way { type filter hook forward priority 0 ; }");
            if (family == Family.IPV4) {
                lab.peer.run("ip route add " + lab.elsewhereNetwork() + " dev there");
                lab.peer.run("nft add rule inet lab way reject with icmp type net-prohibited"); // ENETUNREACH
                assertEarlier(lab, provider, ErrorCode.REMOTE_UNREACHABLE);
            } else {
                lab.peer.run("ip -6 route add " + lab.elsewhereNetwork() + " dev there");
                lab.peer.run("nft add rule inet lab way reject with icmpv6 type policy-fail"); // EACCES
                assertEarlier(lab, provider, ErrorCode.ACCESS_DENIED);
            }
        }
    }

    private static void assertEarlier(Lab lab, String provider, ErrorCode code) throws IOException {
        routeElsewhere(lab);
        try (Sender sender = new Sender(provider, lab.family, lab.elsewhere(PORT))) {
            for (int i = 0; i < 3; i++) {
                SocketErrorException error = untilAnError(sender, lab);
                assertEquals(code, error.errorCode());
                assertTrue(error.concernsEarlierDatagram(), error::toString);
            }
        }
    }

    /** An error that is pending, and a route that refuses now: the route is asked first, and the other comes later. */
    @EverySetting
    void S8_theSendsOwnErrorBeforeOneThatIsPending(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, lab.peer(PORT))) {
            makeRouter(lab);
            assertEquals(1, sender.send(one()));
            lab.peerCounter("InDatagrams"); // the answer, that the port is closed, is there
            lab.ipOfFamily("route add prohibit " + lab.peer(PORT).getAddress().getHostAddress());
            assertOwn(sender, ErrorCode.ACCESS_DENIED);
            lab.ipOfFamily("route del prohibit " + lab.peer(PORT).getAddress().getHostAddress());
            SocketErrorException error = sender.sendFails(one());
            assertEquals(ErrorCode.CONNECTION_REFUSED, error.errorCode());
            assertTrue(error.concernsEarlierDatagram(), error::toString);
        }
    }

    private static void makeRouter(Lab lab) {
        lab.peer.run("sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1");
        lab.peer.run("sysctl -q -w net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0");
    }

    @EverySetting
    void S8_aFirewallHereIsTheSendsOwn(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, lab.peer(PORT))) {
            lab.peer.open(PORT);
            assertEquals(1, sender.send(one()));
            firewall("drop");
            assertOwn(sender, ErrorCode.ACCESS_DENIED);
        }
    }

    /** The firewall's ICMP message goes to the socket that it refuses, and so comes on top of its EPERM. */
    @EverySetting
    void S8_aFirewallThatAnswersHereIsBoth(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, lab.peer(PORT))) {
            lab.peer.open(PORT);
            firewall("reject with icmpx type admin-prohibited");
            for (int i = 0; i < 3; i++) {
                SocketErrorException own = sender.sendFails(one());
                assertEquals(ErrorCode.ACCESS_DENIED, own.errorCode());
                assertFalse(own.concernsEarlierDatagram(), own::toString);
                SocketErrorException earlier = sender.sendFails(one());
                ErrorCode code = family == Family.IPV4 ? ErrorCode.REMOTE_UNREACHABLE : ErrorCode.ACCESS_DENIED;
                assertEquals(code, earlier.errorCode());
                assertTrue(earlier.concernsEarlierDatagram(), earlier::toString);
            }
            Commands.run("nft flush ruleset");
            assertEquals(1, sender.send(one()));
            assertEquals(1, lab.peer.await(PORT, 1).datagrams());
        }
    }

    private static void firewall(String verdict) {
        Commands.run("nft add table inet lab");
        Commands.run("nft add chain inet lab out { type filter hook output priority 0 ; }");
        Commands.run("nft add rule inet lab out udp dport " + PORT + " " + verdict);
    }

    /** A collector of metrics that is down, and comes back: every line that could be sent was sent, once. */
    @EverySetting
    void S8_whatIsSentAgainLosesNothing(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family)) {
            makeRouter(lab); // for its rate limits
            try (Sender sender = new Sender(provider, family, lab.peer(PORT))) {
                List<OutgoingDatagram> lines = Payloads.list(300, 40, 1, null);
                int refused = sender.sendEach(lines.subList(0, 100));
                assertTrue(refused > 0, "nothing has been refused, so this showed nothing");
                assertEquals(100, sender.socket.statistics().datagramsSent());

                lab.peer.open(PORT);
                List<OutgoingDatagram> heard = lines.subList(100, 300);
                sender.sendEach(heard);
                assertEquals(300, sender.socket.statistics().datagramsSent());
                assertEquals(Payloads.expected(heard), lab.peer.await(PORT, 200));
            }
        }
    }

    private static List<OutgoingDatagram> one() {
        return Payloads.list(1, 50, 1, null);
    }

    /** Sends until the answer to something that was sent before comes back. */
    private static SocketErrorException untilAnError(Sender sender, Lab lab) throws IOException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            try {
                assertEquals(1, sender.send(one()));
                lab.peerCounter("InDatagrams"); // takes its time, and the way that the answer comes
            } catch (SocketErrorException e) {
                return e;
            }
        }
        throw new AssertionError("no router answered");
    }
}
