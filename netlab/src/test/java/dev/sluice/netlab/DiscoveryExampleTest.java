// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.discovery.Main;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** examples/discovery, as processes on both hosts of the link. */
class DiscoveryExampleTest {
    private static final int PORT = 7062;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int SOME = 100;

    private static String group(Family family) {
        return family == Family.IPV4 ? "239.255.77.9" : "ff15:0:0:0:0:0:77:9";
    }

    private static String host(Family family, int number) {
        return family == Family.IPV4 ? "10.77.0." + number : "fd77:0:0:0:0:0:0:" + number;
    }

    private static Program announcer(Lab lab, String provider, String name) throws Exception {
        String group = group(lab.family);
        Program program = name.startsWith("far")
                ? Program.at(lab.peer, provider, Main.class, "announce", Lab.THERE, group, "" + PORT, name)
                : Program.here(provider, Main.class, "announce", Lab.HERE, group, "" + PORT, name);
        assertEquals("announcing " + name + " to " + group + " port " + PORT, program.next());
        return program;
    }

    private static Program lister(Lab lab, String provider, String seconds) throws Exception {
        return Program.here(provider, Main.class, "list", Lab.HERE, group(lab.family), "" + PORT, seconds);
    }

    @EverySetting
    void O2_membersOfBothHostsAreListed(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Program near = announcer(lab, provider, "near");
                Program far = announcer(lab, provider, "far");
                Program list = lister(lab, provider, "600")) {
            String first = list.next();
            String second = list.next();
            assertEquals(Set.of("near at " + host(family, 1), "far at " + host(family, 2)), Set.of(first, second));
            try (Program late = announcer(lab, provider, "far-and-late")) {
                assertEquals("far-and-late at " + host(family, 2), list.next());
                assertTrue(late.isAlive());
            }
            assertTrue(near.isAlive() && far.isAlive() && list.isAlive());
        }
    }

    /** What is on the wire, seen and said by a socket that has nothing to do with Sluice. */
    @EverySetting
    void O2_questionsAndAnnouncementsAreDatagrams(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                MulticastSocket member = member(family)) {
            try (Program far = announcer(lab, provider, "far")) {
                assertHears(member, "here far"); // at first
                say(member, family, "discovery"); // which is no question
                say(member, family, "discover");
                assertHears(member, "here far");
                assertTrue(far.isAlive());
            }
            try (Program list = lister(lab, provider, "600")) {
                assertHears(member, "discover");
                for (String text : List.of("here ", "here two words", "here \u001b[2J", "there", "here good-1")) {
                    say(member, family, text);
                }
                assertEquals("good-1 at " + host(family, 1), list.next());
            }
        }
    }

    @Test
    void listingEndsWithItsTime() throws Exception {
        try (Lab lab = Lab.open(Family.IPV4);
                Program list = lister(lab, "nio", "1")) {
            assertEquals(Lines.END, list.next()); // nothing is announced
            list.assertEnds(0);
        }
    }

    @Test
    void wrongArgumentsAreTold() throws Exception {
        assertTells("discovery: there is no interface eth99 with an address", "list eth99 239.255.77.9 7062 1");
        assertTells("discovery: 127.0.0.1 is no multicast address", "list lo 127.0.0.1 7062 1");
        assertTells("discovery: the port is a number from 1 to 65535, not 65536", "list lo 239.255.77.9 65536 1");
        assertTells("discovery: the time in seconds is a number from 1 to 86400, not 0", "list lo 239.255.77.9 7062 0");
        assertTells(
                "discovery: a name is 1 to 63 letters, digits, dots and hyphens, not a_name",
                "announce lo 239.255.77.9 7062 a_name");
        assertTells("usage: discovery announce INTERFACE GROUP PORT NAME", "list");
    }

    private static void assertTells(String message, String arguments) throws Exception {
        try (Program program = Program.here("nio", Main.class, arguments.split(" "))) {
            assertEquals(message, program.next());
            program.assertEnds(64);
        }
    }

    private static MulticastSocket member(Family family) throws IOException {
        MulticastSocket socket = new MulticastSocket(PORT);
        NetworkInterface link = NetworkInterface.getByName(Lab.HERE);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setNetworkInterface(link);
        socket.joinGroup(Lab.address(group(family), PORT), link);
        return socket;
    }

    private static void say(MulticastSocket member, Family family, String text) throws IOException {
        byte[] payload = text.getBytes(US_ASCII);
        InetSocketAddress group = Lab.address(group(family), PORT);
        member.send(new DatagramPacket(payload, payload.length, group));
    }

    /** Among other datagrams of the group, its own included. */
    private static void assertHears(MulticastSocket member, String wanted) throws IOException {
        String text = "";
        for (int i = 0; i < SOME && !text.equals(wanted); i++) {
            DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
            member.receive(packet);
            text = new String(packet.getData(), 0, packet.getLength(), US_ASCII);
        }
        assertEquals(wanted, text);
    }
}
