// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The namespaces and the links between them. They go with the processes.
 *
 * <pre>
 *   this JVM   here1 10.77.1.1 fd77:1::1 ──── there1 10.77.1.2 fd77:1::2   peers     steady
 *              here2 10.77.2.1 fd77:2::1 ──── there2 10.77.2.2 fd77:2::2             unruly
 * </pre>
 */
final class SoakWorld implements AutoCloseable {
    /** The counters of this process's own namespace. */
    static final Path OWN_NET = Path.of("/proc/self/net");

    static final int MTU = 1500;

    private static final int WARM_UP_PORT = 9998;
    private static final int WARM_UP_ATTEMPTS = 200;
    private static final Duration WARM_UP = Duration.ofMillis(50);

    /** The first peer's process has the namespace; the others join it. */
    final Peer first = Peer.inNewNamespace();

    final Path farNet = Path.of("/proc", Long.toString(first.pid()), "net");

    SoakWorld() {
        first.run("ip link set lo up");
        // An ICMP error for each reason: no type of error is among those whose rate is limited (icmp_ratemask, 128 is
        // echo).
        first.run("sysctl -q -w net.ipv4.icmp_ratemask=0 net.ipv6.icmp.ratemask=128");
        for (Link link : Link.values()) {
            make(link);
        }
        for (Link link : Link.values()) {
            for (Family family : Family.values()) {
                awaitWay(link, family);
            }
        }
    }

    private void make(Link link) {
        String here = link.here();
        String there = link.there();
        Commands.run("ip link add " + here + " mtu " + MTU + " type veth peer name " + there + " mtu " + MTU + " netns "
                + first.pid());
        // An interface that goes down would lose its IPv6 addresses.
        Commands.run("sysctl -q -w net.ipv6.conf." + here + ".keep_addr_on_down=1");
        first.run("sysctl -q -w net.ipv6.conf." + there + ".keep_addr_on_down=1");
        for (Family family : Family.values()) {
            String prefix = family == Family.IPV4 ? "/24 dev " : "/64 nodad dev ";
            Commands.run("ip addr add " + family.nearHost(link) + prefix + here);
            first.run("ip addr add " + family.farHost(link) + prefix + there);
        }
        Commands.run("ip link set " + here + " up");
        first.run("ip link set " + there + " up");
        if (link == Link.STEADY) {
            introduce(link);
        }
    }

    /** Links and addresses become usable a moment after they are made, and what is sent before is lost. */
    private void awaitWay(Link link, Family family) {
        InetSocketAddress far = family.far(link, WARM_UP_PORT);
        Flow flow = new Flow(link.number());
        first.open(far);
        try (DatagramChannel channel = DatagramChannel.open(family.protocol)) {
            channel.bind(family.near(link, 0));
            InetSocketAddress near = (InetSocketAddress) channel.getLocalAddress();
            ByteBuffer payload = ByteBuffer.allocate(Flow.LARGEST);
            channel.configureBlocking(false);
            for (int attempt = 0; attempt < WARM_UP_ATTEMPTS; attempt++) {
                first.beginSending(far, near, flow, 0, 1);
                first.sent(1);
                payload.clear();
                flow.write(attempt, payload);
                channel.send(payload.flip(), far);
                boolean there = first.takeFor(far, flow, WARM_UP).datagrams() > 0;
                if (there && channel.receive(payload.clear()) != null) {
                    first.close(far);
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new SoakFailure("nothing arrives over " + link.here() + " in " + family);
    }

    /** Both ends know each other's link-layer address: while it is asked for, only so many packets are kept. */
    private void introduce(Link link) {
        String far = lladdr(first.run("ip -o link show " + link.there()));
        String near = lladdr(Commands.run("ip -o link show " + link.here()));
        for (Family family : Family.values()) {
            Commands.run("ip neigh replace " + family.farHost(link) + far + link.here() + " nud permanent");
            first.run("ip neigh replace " + family.nearHost(link) + near + link.there() + " nud permanent");
        }
    }

    private static String lladdr(String shown) {
        return " lladdr " + shown.replaceAll("(?s).*link/ether (\\S+).*", "$1") + " dev ";
    }

    @Override
    public void close() {
        first.close();
    }
}
