// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.UdpSocketOptions;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Options by what they do to packets (O1). */
class SocketOptionsTest {
    private static final int PORT = 7051;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of this namespace; /sys shows the first one's. */
    private static final Path DEVICES = Path.of("/proc/self/net/dev");

    /** Behind the name and eight columns of what was received. */
    private static final int TRANSMITTED_PACKETS = 10;

    private static boolean has(Sender sender, SocketOption<?> option) {
        return sender.socket.supportedOptions().contains(option);
    }

    private static void sendAll(Sender sender, int count, int size, InetSocketAddress to) throws Exception {
        assertEquals(count, sender.out().sendAll(Payloads.list(count, size, 1, to), PATIENCE));
    }

    @EverySetting
    void O1_theTrafficClassIsOnThePacket(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, null)) {
            lab.peer.open(PORT);
            PacketCounter expedited = new PacketCounter(lab, (family == Family.IPV4 ? "ip" : "ip6") + " dscp 46");
            sendAll(sender, 1, 10, lab.peer(PORT));
            assertEquals(1, lab.peer.await(PORT, 1).datagrams());
            assertEquals(0, expedited.packets());
            sender.socket.setOption(StandardSocketOptions.IP_TOS, 46 << 2);
            sendAll(sender, 1, 11, lab.peer(PORT));
            sender.stream(lab.peer(PORT));
            sendAll(sender, 1, 12, null);
            sender.stream(null); // with IPv6, another socket below
            sendAll(sender, 1, 13, lab.peer(PORT));
            assertEquals(4, lab.peer.await(PORT, 4).datagrams());
            assertEquals(3, expedited.packets());
        }
    }

    @EverySetting
    void O1_U6_theHopLimitIsOnThePacket(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, lab.peer(PORT))) {
            if (!has(sender, UdpSocketOptions.UNICAST_HOP_LIMIT)) {
                return;
            }
            lab.peer.open(PORT);
            PacketCounter near = new PacketCounter(lab, family == Family.IPV4 ? "ip ttl 9" : "ip6 hoplimit 9");
            sender.socket.setOption(UdpSocketOptions.UNICAST_HOP_LIMIT, 9);
            sendAll(sender, 1, 10, null);
            assertEquals(1, lab.peer.await(PORT, 1).datagrams());
            assertEquals(1, near.packets());
        }
    }

    @EverySetting
    void O1_E6_whatMayNotBeFragmentedIsTooLarge(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, null)) {
            if (!has(sender, UdpSocketOptions.DONT_FRAGMENT)) {
                return;
            }
            lab.peer.open(PORT);
            Lab.ip("link set here mtu 1280");
            lab.peer.run("ip link set there mtu 1280");
            for (InetSocketAddress peer : new InetSocketAddress[] {null, lab.peer(PORT)}) {
                sender.stream(peer);
                InetSocketAddress to = peer == null ? lab.peer(PORT) : null;
                sender.socket.setOption(UdpSocketOptions.DONT_FRAGMENT, true);
                for (int count : new int[] {1, 5}) {
                    assertEquals(
                            ErrorCode.DATAGRAM_TOO_LARGE,
                            sender.sendFails(Payloads.list(count, 1400, 1, to)).errorCode());
                }
                sendAll(sender, 5, 1000, to);
                sender.socket.setOption(UdpSocketOptions.DONT_FRAGMENT, false);
                sendAll(sender, 5, 1400, to);
            }
            assertEquals(20, lab.peer.await(PORT, 20).datagrams());
        }
    }

    @EverySetting
    void O1_broadcastArrivesWhereItIsAllowed(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, null)) {
            assertEquals(family == Family.IPV4, has(sender, StandardSocketOptions.SO_BROADCAST));
            if (family != Family.IPV4) {
                return;
            }
            lab.peer.open(PORT);
            InetSocketAddress all = Lab.address("10.77.0.255", PORT);
            assertEquals(
                    ErrorCode.ACCESS_DENIED,
                    sender.sendFails(Payloads.list(1, 10, 1, all)).errorCode());
            sender.socket.setOption(StandardSocketOptions.SO_BROADCAST, true);
            sendAll(sender, 3, 10, all);
            assertEquals(3, lab.peer.await(PORT, 3).datagrams());
        }
    }

    @EverySetting
    void O1_withoutOffloadEachDatagramIsAPacket(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, lab.peer(PORT))) {
            if (!has(sender, UdpSocketOptions.SEGMENTATION_OFFLOAD)) {
                return;
            }
            lab.peer.open(PORT);
            sendAll(sender, 1, 10, null);
            assertTrue(packets(sender, 64) < 10, "by offload");
            sender.socket.setOption(UdpSocketOptions.MAX_SEGMENTS, 8);
            assertTrue(packets(sender, 64) >= 8, "eight at a time");
            sender.socket.setOption(UdpSocketOptions.SEGMENTATION_OFFLOAD, false);
            assertTrue(packets(sender, 64) >= 64, "one by one");
            assertEquals(193, lab.peer.await(PORT, 193).datagrams());
        }
    }

    /** What a run adds to the link's counter; neighbour discovery may add some. */
    private static long packets(Sender sender, int count) throws Exception {
        long before = transmitted();
        sendAll(sender, count, 100, null);
        return transmitted() - before;
    }

    private static long transmitted() throws Exception {
        for (String line : Files.readAllLines(DEVICES)) {
            if (line.strip().startsWith(Lab.HERE + ":")) {
                return Long.parseLong(line.strip().split("\\s+")[TRANSMITTED_PACKETS]);
            }
        }
        throw new IllegalStateException("no link " + Lab.HERE);
    }
}
