// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.GroupMembership;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Groups between namespaces (O2): any source and one, two interfaces, leaving, and what others have joined. */
class MulticastTest {
    private static final int PORT = 7061;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<UdpSocket> sockets = new ArrayList<>();
    private Lab lab;
    private String provider;
    private Family family;

    private void open(String provider, Family family) {
        this.provider = provider;
        this.family = family;
        lab = Lab.open(family);
        lab.peer.run("ip addr add " + (family == Family.IPV4 ? "10.77.0.3/24" : "fd77::3/64 nodad") + " dev there");
        if (family == Family.IPV4) {
            lab.peer.run("ip route add 224.0.0.0/4 dev there");
        }
        lab.peer.station(PORT, first());
        lab.peer.station(PORT, second());
    }

    @AfterEach
    void close() {
        sockets.forEach(UdpSocket::close);
        if (lab != null) {
            lab.close();
        }
    }

    private String first() {
        return family == Family.IPV4 ? "10.77.0.2" : "fd77::2";
    }

    private String second() {
        return family == Family.IPV4 ? "10.77.0.3" : "fd77::3";
    }

    private String here() {
        return family == Family.IPV4 ? "10.77.0.1" : "fd77::1";
    }

    private InetAddress group(int number) {
        return Lab.address((family == Family.IPV4 ? "239.255.77." : "ff15::77:") + number, 0)
                .getAddress();
    }

    private InetAddress specific() {
        return Lab.address(family == Family.IPV4 ? "232.1.77.1" : "ff35::77:1", 0)
                .getAddress();
    }

    private static NetworkInterface on(String name) throws SocketException {
        return NetworkInterface.getByName(name);
    }

    /** One of several sockets on the port, on every address. */
    private UdpSocket socket() throws Exception {
        UdpSocket socket = UdpSockets.provider(provider).createSocket(family.address);
        sockets.add(socket);
        socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        socket.bind(new InetSocketAddress(family.any().getAddress(), PORT));
        return socket;
    }

    private void say(String from, InetAddress to, String text) {
        lab.peer.say(from, to.getHostAddress(), PORT, text);
    }

    /** What has arrived, up to a datagram to the socket's own address, which is sent now. */
    private List<String> heard(DatagramStreams streams) throws Exception {
        lab.peer.say(first(), here(), PORT, "end");
        List<String> texts = new ArrayList<>();
        while (!texts.contains("end")) {
            List<IncomingDatagram> received = streams.incoming().receive(10, PATIENCE);
            assertFalse(received.isEmpty(), () -> "the end did not arrive, but " + texts);
            received.forEach(one ->
                    texts.add(StandardCharsets.US_ASCII.decode(one.data()).toString()));
        }
        texts.remove("end");
        return texts;
    }

    @EverySetting
    void O2_aMemberHearsItsGroupUntilItLeaves(String provider, Family family) throws Exception {
        open(provider, family);
        UdpSocket socket = socket();
        DatagramStreams streams = socket.stream();
        say(first(), group(1), "early");
        assertEquals(List.of(), heard(streams));
        try (GroupMembership one = socket.join(group(1), on(Lab.HERE))) {
            say(first(), group(1), "one");
            say(second(), group(1), "other");
            say(first(), group(2), "of-another-group");
            assertEquals(List.of("one", "other"), heard(streams), one::toString);
        }
        say(first(), group(1), "late");
        assertEquals(List.of(), heard(streams));
    }

    @EverySetting
    void O2_oneSourceIsHeardAndOthersAreNot(String provider, Family family) throws Exception {
        open(provider, family);
        UdpSocket socket = socket();
        DatagramStreams streams = socket.stream();
        InetAddress wanted = Lab.address(second(), 0).getAddress();
        GroupMembership membership = socket.join(specific(), on(Lab.HERE), wanted);
        say(first(), specific(), "unwanted");
        say(second(), specific(), "wanted");
        assertEquals(List.of("wanted"), heard(streams));
        GroupMembership both =
                socket.join(specific(), on(Lab.HERE), Lab.address(first(), 0).getAddress());
        say(first(), specific(), "wanted-too");
        assertEquals(List.of("wanted-too"), heard(streams));
        membership.close();
        say(second(), specific(), "unwanted-now");
        say(first(), specific(), "still-wanted");
        assertEquals(List.of("still-wanted"), heard(streams));
        both.close();
    }

    @EverySetting
    void O2_whatAnotherSocketJoinedIsNotHeard(String provider, Family family) throws Exception {
        open(provider, family);
        UdpSocket member = socket();
        UdpSocket other = socket();
        DatagramStreams ofMember = member.stream();
        DatagramStreams ofOther = other.stream();
        member.join(group(1), on(Lab.HERE));
        other.join(group(2), on(Lab.HERE));
        say(first(), group(1), "for-the-member");
        say(first(), group(2), "for-the-other");
        boolean own = family == Family.IPV4
                || UdpSockets.provider(provider).capabilities().contains(ProviderCapability.OWN_GROUPS_ONLY);
        List<String> both = List.of("for-the-member", "for-the-other");
        assertEquals(own ? List.of("for-the-member") : both, upTo(ofMember, own ? 1 : 2));
        assertEquals(own ? List.of("for-the-other") : both, upTo(ofOther, own ? 1 : 2));
    }

    /** A datagram to the socket's own address reaches only one of two: so what is expected is waited for, and no more comes. */
    private static List<String> upTo(DatagramStreams streams, int count) throws Exception {
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            streams.incoming()
                    .receive(10, PATIENCE)
                    .forEach(one -> texts.add(
                            StandardCharsets.US_ASCII.decode(one.data()).toString()));
        }
        return texts;
    }

    @EverySetting
    void O2_aGroupIsJoinedOnOneInterface(String provider, Family family) throws Exception {
        open(provider, family);
        Lab.ip("link add here2 type veth peer name there2 netns " + lab.peer.pid());
        try {
            Lab.ip("addr add " + (family == Family.IPV4 ? "10.79.0.1/24" : "fd79::1/64 nodad") + " dev here2");
            Lab.ip("link set here2 up");
            lab.peer.run(
                    "ip addr add " + (family == Family.IPV4 ? "10.79.0.2/24" : "fd79::2/64 nodad") + " dev there2");
            lab.peer.run("ip link set there2 up");
            UdpSocket socket = socket();
            DatagramStreams streams = socket.stream();
            socket.join(group(1), on(Lab.HERE));
            socket.join(group(2), on("here2"));
            say(first(), group(1), "by-the-first-link");
            say(first(), group(2), "by-the-first-link-too");
            assertEquals(List.of("by-the-first-link"), heard(streams));
        } finally {
            Lab.ip("link del here2");
        }
    }

    @EverySetting
    void O1_O2_multicastLeavesByItsInterfaceWithItsHopLimit(String provider, Family family) throws Exception {
        open(provider, family);
        UdpSocket socket = socket();
        DatagramStreams streams = socket.stream();
        InetSocketAddress to = new InetSocketAddress(group(1), PORT);
        socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, on(Lab.HERE));
        socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 5);
        PacketCounter packets = new PacketCounter(
                lab, family == Family.IPV4 ? "ip daddr 239.255.77.1 ip ttl 5" : "ip6 daddr ff15::77:1 ip6 hoplimit 5");
        for (int size = 1; size <= 3; size++) { // each a packet of its own
            assertEquals(1, streams.outgoing().sendAll(Payloads.list(1, 10 * size, 1, to), PATIENCE));
        }
        say(first(), Lab.address(here(), 0).getAddress(), "x"); // behind them on the link
        lab.peer.run("true");
        assertEquals(3, packets.packets());
    }

    /** The kernel doesn't choose an address of host scope by itself. (For IPv6 no route leads groups there.) */
    @ParameterizedTest
    @MethodSource("dev.sluice.netlab.Settings#providers")
    void O1_O2_throughTheLoopbackInterfaceItHasASource(String provider) throws Exception {
        open(provider, Family.IPV4);
        UdpSocket socket = socket();
        DatagramStreams streams = socket.stream();
        socket.join(group(1), on("lo"));
        socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, on("lo"));
        assertEquals(on("lo"), socket.getOption(StandardSocketOptions.IP_MULTICAST_IF));
        InetSocketAddress to = new InetSocketAddress(group(1), PORT);
        assertEquals(1, streams.outgoing().sendAll(Payloads.list(1, 10, 1, to), PATIENCE));
        InetAddress source =
                streams.incoming().receive(1, PATIENCE).get(0).remoteAddress().getAddress();
        assertTrue(source.isLoopbackAddress(), source.toString());
    }

    @EverySetting
    void O1_O2_theSendersHostHearsItWhereTheLoopIsOn(String provider, Family family) throws Exception {
        open(provider, family);
        UdpSocket socket = socket();
        DatagramStreams streams = socket.stream();
        socket.join(group(1), on(Lab.HERE));
        socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, on(Lab.HERE));
        InetSocketAddress to = new InetSocketAddress(group(1), PORT);
        for (boolean loop : new boolean[] {true, false}) {
            socket.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, loop);
            assertEquals(1, streams.outgoing().sendAll(Payloads.list(1, 10, 1, to), PATIENCE));
            assertEquals(loop ? 1 : 0, heard(streams).size());
        }
    }

    /** A change of peer may replace the socket below. */
    @EverySetting
    void O2_U3_membershipsStayWhateverPeerTheSocketGets(String provider, Family family) throws Exception {
        open(provider, family);
        UdpSocket socket = socket();
        GroupMembership membership = socket.join(group(1), on(Lab.HERE));
        socket.stream(lab.peer(PORT));
        DatagramStreams streams = socket.stream();
        say(first(), group(1), "still-a-member");
        assertEquals(List.of("still-a-member"), heard(streams));
        membership.close();
        say(first(), group(1), "not-any-more");
        assertEquals(List.of(), heard(streams));
    }
}
