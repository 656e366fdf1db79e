// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A veth link between the namespace of this JVM and that of a peer, made for one test and gone with it.
 *
 * <pre>
 *   this JVM   here 10.77.0.1 fd77::1 ──── there 10.77.0.2 fd77::2   peer
 * </pre>
 */
final class Lab implements AutoCloseable {
    /** This end of the link. */
    static final String HERE = "here";

    /** The peer's end of the link. */
    static final String THERE = "there";

    static final int WARM_UP_PORT = 7999;

    private static final int WARM_UP_ATTEMPTS = 200;
    private static final long WARM_UP_MILLIS = 50;

    final Peer peer;
    final Family family;

    private Lab(Family family) {
        this.family = family;
        this.peer = new Peer();
        ip("link add " + HERE + " mtu 1500 type veth peer name " + THERE + " mtu 1500 netns " + peer.pid());
        keepAddresses();
        ip("addr add 10.77.0.1/24 dev here");
        ip("addr add fd77::1/64 dev here nodad");
        ip("link set here up");
        peer.run("ip link set lo up");
        peer.run("ip addr add 10.77.0.2/24 dev there");
        peer.run("ip addr add fd77::2/64 dev there nodad");
        peer.run("ip link set there up");
        awaitPathTo(peer, peer(WARM_UP_PORT));
    }

    /** Builds the link; skips the test where that isn't possible. */
    static Lab open(Family family) {
        requireRights();
        return new Lab(family);
    }

    /** Skips the test where no namespace can be made, but not in CI. */
    static void requireRights() {
        boolean inside = "inside".equals(System.getenv("SLUICE_NETLAB"));
        if (!inside && "true".equals(System.getenv("CI"))) {
            Assertions.fail("CI runs these tests as root, which may make network namespaces");
        }
        Assumptions.assumeTrue(inside, "needs root and iproute2: network namespaces");
    }

    /** An interface that goes down would lose its IPv6 addresses. */
    private static void keepAddresses() {
        Commands.run("sysctl -q -w net.ipv6.conf.here.keep_addr_on_down=1");
    }

    /** Runs {@code ip} here. */
    static void ip(String arguments) {
        Commands.run("ip " + arguments);
    }

    /** Runs {@code ip} here, in the test's family: {@code ip -4} or {@code ip -6}. */
    void ipOfFamily(String arguments) {
        Commands.run("ip " + option() + " " + arguments);
    }

    /** What tells {@code ip} the scene's family. */
    String option() {
        return family == Family.IPV4 ? "-4" : "-6";
    }

    /**
     * Waits until datagrams arrive: links, neighbours and addresses become usable a moment after they are made, and what
     * is sent before is lost.
     */
    static void awaitPathTo(Peer peer, InetSocketAddress address) {
        peer.open(address.getPort());
        try (DatagramChannel channel = DatagramChannel.open()) {
            for (int attempt = 0; attempt < WARM_UP_ATTEMPTS; attempt++) {
                channel.send(ByteBuffer.allocate(1), address);
                if (peer.await(address.getPort(), 1, WARM_UP_MILLIS).datagrams() > 0) {
                    peer.close(address.getPort());
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("nothing arrives at " + address);
    }

    /** A port of the peer's. */
    InetSocketAddress peer(int port) {
        return address(family == Family.IPV4 ? "10.77.0.2" : "fd77::2", port);
    }

    /** An address that no route leads to. */
    InetSocketAddress elsewhere(int port) {
        return address(family == Family.IPV4 ? "192.0.2.1" : "2001:db8::1", port);
    }

    /** The network in which {@link #elsewhere} lies. */
    String elsewhereNetwork() {
        return family == Family.IPV4 ? "192.0.2.0/24" : "2001:db8::/64";
    }

    static InetSocketAddress address(String host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A counter of the peer's kernel, from the family's table of UDP counters. */
    long peerCounter(String name) {
        return family == Family.IPV4 ? counter4(name) : counter6("Udp6" + name);
    }

    private long counter4(String name) {
        String[] names = null;
        for (String line : peer.run("cat /proc/net/snmp").split("\n")) {
            if (line.startsWith("Udp: ")) {
                if (names == null) {
                    names = line.split(" ");
                } else {
                    return Long.parseLong(line.split(" ")[Arrays.asList(names).indexOf(name)]);
                }
            }
        }
        throw new IllegalStateException("no counter " + name);
    }

    private long counter6(String name) {
        for (String line : peer.run("cat /proc/net/snmp6").split("\n")) {
            String[] words = line.trim().split("\\s+");
            if (words[0].equals(name)) {
                return Long.parseLong(words[1]);
            }
        }
        throw new IllegalStateException("no counter " + name);
    }

    @Override
    public void close() {
        ip("link del " + HERE);
        peer.close();
        Commands.run("nft flush ruleset");
        ip("route flush table main");
        ip("-6 route flush table main");
    }
}
