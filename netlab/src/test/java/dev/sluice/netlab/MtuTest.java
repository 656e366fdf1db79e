// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** Links whose MTU is smaller than a datagram: it is fragmented, and no batching may show (S6). */
class MtuTest {
    private static final int PORT = 7004;

    @EverySetting
    void S6_datagramsAboveTheMtuArriveWhole(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, null)) {
            lab.peer.open(PORT);
            setMtu(lab, 1280);
            sender.sendAll(Payloads.list(64, 1400, 1, lab.peer(PORT)));
            sender.sendAll(Payloads.list(3, 30_000, 65, lab.peer(PORT)));
            sender.sendAll(Payloads.list(64, 1000, 70, lab.peer(PORT)));
            assertEquals(Payloads.expected(sender.counted), lab.peer.await(PORT, 131));
        }
    }

    @EverySetting
    void S6_anMtuThatShrinksBetweenSendsShowsNowhere(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, lab.peer(PORT))) {
            lab.peer.open(PORT);
            sender.sendAll(Payloads.list(64, 1400, 1, null));
            setMtu(lab, 1280);
            sender.sendAll(Payloads.list(64, 1400, 65, null));
            setMtu(lab, 1500);
            sender.sendAll(Payloads.list(64, 1400, 129, null));
            assertEquals(Payloads.expected(sender.counted), lab.peer.await(PORT, 192));
        }
    }

    /** A router on the path has the smaller MTU, and reports it by ICMP: an error that is pending for the next datagram. */
    @EverySetting
    void S8_aPathMtuLearnedFromAnEarlierDatagramIsReportedOnce(String provider, Family family) throws Exception {
        learnThePathMtu(provider, family, (sender, small) -> sender.sendFails(small));
    }

    /** Or for the next receive. */
    @EverySetting
    void S8_R1_aPathMtuThatAReceiverWasToldOfIsNotReportedAgain(String provider, Family family) throws Exception {
        learnThePathMtu(
                provider,
                family,
                (sender, small) -> assertThrows(
                        SocketErrorException.class,
                        () -> sender.streams.incoming().receive(1)));
    }

    private interface Telling {
        SocketErrorException tell(Sender sender, List<OutgoingDatagram> small);
    }

    private static void learnThePathMtu(String provider, Family family, Telling telling) throws Exception {
        try (Lab lab = Lab.open(family);
                Peer far = farBehindPeer(lab)) {
            far.open(PORT);
            try (Sender sender = new Sender(provider, family, far(family))) {
                List<OutgoingDatagram> large = Payloads.list(1, 1400, 1, null);
                List<OutgoingDatagram> small = Payloads.list(64, 10, 2, null);
                assertEquals(1, sender.send(large), "it fits the first link");
                assertTrue(sender.streams.incoming().subscribe().block(Duration.ofSeconds(60)), "P2: the answer came");
                sender.counted.clear(); // the router dropped it

                SocketErrorException error = telling.tell(sender, small);
                assertEquals(ErrorCode.DATAGRAM_TOO_LARGE, error.errorCode(), "the earlier one's error");
                sender.sendAll(small);
                sender.sendAll(Payloads.list(64, 1400, 70, null)); // fragmented from now on
                sender.sendAll(Payloads.list(64, 1000, 140, null));
                assertEquals(Payloads.expected(sender.counted), far.await(PORT, 192));
            }
        }
    }

    private static void setMtu(Lab lab, int mtu) {
        Lab.ip("link set here mtu " + mtu);
        lab.peer.run("ip link set there mtu " + mtu);
    }

    private static InetSocketAddress far(Family family) {
        return Lab.address(family == Family.IPV4 ? "10.78.0.2" : "fd78::2", PORT);
    }

    /** A third namespace: the peer routes to it, over a link with an MTU of 1280. */
    private static Peer farBehindPeer(Lab lab) {
        Peer far = new Peer();
        lab.peer.run("sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1");
        lab.peer.run("ip link add near mtu 1280 type veth peer name far mtu 1280");
        lab.peer.run("ip link set far netns " + far.pid());
        lab.peer.run("ip addr add 10.78.0.1/24 dev near");
        lab.peer.run("ip addr add fd78::1/64 dev near nodad");
        lab.peer.run("ip link set near up");
        far.run("ip addr add 10.78.0.2/24 dev far");
        far.run("ip addr add fd78::2/64 dev far nodad");
        far.run("ip link set far up");
        far.run("ip route add default via 10.78.0.1");
        far.run("ip -6 route add default via fd78::1");
        Lab.ip("route add 10.78.0.0/24 via 10.77.0.2");
        Lab.ip("-6 route add fd78::/64 via fd77::2");
        Lab.awaitPathTo(far, new InetSocketAddress(far(lab.family).getAddress(), Lab.WARM_UP_PORT));
        return far;
    }
}
