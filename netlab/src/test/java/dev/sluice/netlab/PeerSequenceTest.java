// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every sequence of peers, none and failures, up to four steps: afterwards a socket hears, sends and answers what a fresh
 * one would, and what was queued for it is kept.
 */
class PeerSequenceTest {
    private static final int LONGEST = 4;
    private static final int PORT = 7100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What {@code stream} is given. */
    private enum Step {
        FIRST("10.77.0.2", "fd77::2"),
        SECOND("10.77.0.3", "fd77::3"),
        ON_LINK(null, "fe80::77:2%here"),
        NONE("", ""),
        NO_ROUTE("192.0.2.1", "2001:db8::1"),
        LINK_IS_DOWN(null, "fe80::77:2%idle");

        private final String ipv4;
        private final String ipv6;

        Step(String ipv4, String ipv6) {
            this.ipv4 = ipv4;
            this.ipv6 = ipv6;
        }

        static List<Step> of(Family family) {
            return Arrays.stream(values())
                    .filter(step -> step.host(family) != null)
                    .toList();
        }

        static List<Step> peers(Family family) {
            return of(family).stream().filter(Step::isPeer).toList();
        }

        boolean isPeer() {
            return ordinal() < NONE.ordinal();
        }

        boolean fails() {
            return ordinal() > NONE.ordinal();
        }

        String host(Family family) {
            return family == Family.IPV4 ? ipv4 : ipv6;
        }

        InetSocketAddress address(Family family) {
            String host = host(family);
            if (this == LINK_IS_DOWN) {
                host = host.replace("idle", idleIndex());
            }
            return this == NONE ? null : Lab.address(host, PORT);
        }

        /** Java knows interfaces without addresses by their number only. */
        private static String idleIndex() {
            return Commands.run("ip -o link show idle").split(":")[0];
        }

        /** The same host as the peer's process calls it. */
        String station(Family family) {
            return host(family).replace("%here", "%there");
        }

        /** The address of ours that it sends to. */
        String ours(Family family) {
            return family == Family.IPV4 ? "10.77.0.1" : this == ON_LINK ? "fe80::77:1%there" : "fd77::1";
        }
    }

    @EverySetting
    void U3_U4_afterAnySequenceOfPeersASocketIsAsAFreshOne(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family)) {
            Lab.ip("addr add fe80::77:1/64 dev here nodad");
            Lab.ip("link add idle type veth peer name below");
            lab.peer.run("ip addr add 10.77.0.3/24 dev there");
            lab.peer.run("ip addr add fd77::3/64 dev there nodad");
            lab.peer.run("ip addr add fe80::77:2/64 dev there nodad");
            try {
                for (Step peer : Step.peers(family)) {
                    Lab.awaitPathTo(lab.peer, Lab.address(peer.host(family), Lab.WARM_UP_PORT));
                    lab.peer.station(PORT, peer.station(family));
                }
                for (int length = 1; length <= LONGEST; length++) {
                    for (List<Step> sequence : sequences(Step.of(family), length)) {
                        try (Scene scene = new Scene(lab, provider, family)) {
                            scene.play(sequence);
                        } catch (Exception | AssertionError e) {
                            throw new AssertionError(sequence + ": " + e, e);
                        }
                    }
                }
            } finally {
                Lab.ip("link del idle");
            }
        }
    }

    private static List<List<Step>> sequences(List<Step> steps, int length) {
        if (length == 0) {
            return List.of(List.of());
        }
        List<List<Step>> longer = new ArrayList<>();
        for (List<Step> shorter : sequences(steps, length - 1)) {
            for (Step step : steps) {
                List<Step> next = new ArrayList<>(shorter);
                next.add(step);
                longer.add(next);
            }
        }
        return longer;
    }

    /** One socket, and one sequence. */
    private static final class Scene implements AutoCloseable {
        private final Lab lab;
        private final String provider;
        private final Family family;
        private final UdpSocket socket;
        private final int port;

        /** The peers that are heard, and what is queued of each. */
        private Set<Step> heard;

        private final List<String> queued = new ArrayList<>();
        private DatagramStreams streams;
        private int number;

        Scene(Lab lab, String provider, Family family) throws IOException {
            this.lab = lab;
            this.provider = provider;
            this.family = family;
            this.socket = UdpSockets.provider(provider).createSocket(family.address);
            socket.bind(family.any());
            this.port = socket.localAddress().getPort();
            this.heard = new TreeSet<>(Step.peers(family));
        }

        void play(List<Step> sequence) throws Exception {
            for (Step step : sequence) {
                everyPeerSays();
                take(step);
            }
            if (sequence.get(sequence.size() - 1).fails()) {
                everyPeerSays();
                take(Step.NONE);
            }
            everyPeerSays();
            checkWhatIsHeard();
            checkWhatIsSent();
        }

        /** What those send that are not heard is gone at once. */
        private void everyPeerSays() {
            for (Step peer : Step.peers(family)) {
                String text = peer + "-" + number++;
                lab.peer.say(peer.station(family), peer.ours(family), port, text);
                if (heard.contains(peer)) {
                    queued.add(text);
                }
            }
        }

        private void take(Step step) throws IOException {
            InetSocketAddress address = step.address(family);
            if (step.fails()) {
                SocketErrorException failure =
                        assertThrows(SocketErrorException.class, () -> socket.stream(address), "no way to " + step);
                assertEquals(failureOfFresh(address).errorCode(), failure.errorCode());
            } else {
                streams = socket.stream(address);
            }
            heard = step.isPeer() ? Set.of(step) : new TreeSet<>(Step.peers(family));
            if (step.isPeer()) {
                assertEquals(address, socket.remoteAddress());
            } else {
                assertThrows(SocketErrorException.class, socket::remoteAddress);
            }
            assertEquals(localOfFresh(step.fails() ? null : address), socket.localAddress());
        }

        private void checkWhatIsHeard() throws Exception {
            queued.removeIf(text -> heard.stream().noneMatch(peer -> text.startsWith(peer + "-")));
            List<String> received = new ArrayList<>();
            while (received.size() < queued.size()) {
                assertTrue(
                        streams.incoming().subscribe().block(PATIENCE),
                        () -> queued + " expected, received " + received);
                for (IncomingDatagram datagram : streams.incoming().receive(100)) {
                    received.add(
                            StandardCharsets.US_ASCII.decode(datagram.data()).toString());
                }
            }
            assertEquals(queued, received);
            assertEquals(List.of(), streams.incoming().receive(100));
        }

        private void checkWhatIsSent() throws IOException {
            for (Step peer : Step.peers(family)) {
                if (heard.contains(peer)) {
                    ByteBuffer text = StandardCharsets.US_ASCII.encode("to-" + peer);
                    assertTrue(streams.outgoing().checkSend() > 0);
                    assertEquals(1, streams.outgoing().send(List.of(new OutgoingDatagram(text, peer.address(family)))));
                    assertEquals(
                            List.of("to-" + peer + "@" + port),
                            lab.peer.hear(peer.station(family), 1),
                            "and no others");
                }
            }
        }

        private SocketErrorException failureOfFresh(InetSocketAddress remote) throws IOException {
            try (UdpSocket fresh = UdpSockets.provider(provider).createSocket(family.address)) {
                fresh.bind(family.any());
                return assertThrows(SocketErrorException.class, () -> fresh.stream(remote));
            }
        }

        private InetSocketAddress localOfFresh(InetSocketAddress remote) throws IOException {
            try (UdpSocket fresh = UdpSockets.provider(provider).createSocket(family.address)) {
                fresh.bind(family.any());
                fresh.stream(remote);
                return new InetSocketAddress(fresh.localAddress().getAddress(), port);
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
