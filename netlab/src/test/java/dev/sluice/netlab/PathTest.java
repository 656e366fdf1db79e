// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketOptions;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A host with several addresses; what others see of the source and the ECN bits that a datagram was sent with. */
class PathTest {
    private static final int PORT = 7011;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Stream<Arguments> settings() {
        return Settings.providers()
                .map(UdpSockets::provider)
                .filter(provider -> provider.capabilities().contains(ProviderCapability.DATAGRAM_PATHS))
                .flatMap(provider -> Arrays.stream(Family.values()).map(family -> Arguments.of(provider, family)));
    }

    private static Lab open(Family family) {
        Lab lab = Lab.open(family);
        Lab.ip("addr add 10.77.0.11/24 dev here");
        Lab.ip("addr add fd77::11/64 dev here nodad");
        Lab.ip("addr add fe80::77:1/64 dev here nodad");
        lab.peer.run("ip addr add fe80::77:2/64 dev there nodad");
        return lab;
    }

    /** As the peer writes them. */
    private static List<String> addressesOfThisHost(Family family) {
        return family == Family.IPV4
                ? List.of("10.77.0.1", "10.77.0.11")
                : List.of("fd77::1", "fd77::11", "fe80::77:1%there");
    }

    /** Each client hears its peer alone: an answer from the other address would never reach it. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("settings")
    void O3_theAnswerComesFromTheAddressThatWasAsked(UdpSocketProvider provider, Family family) throws Exception {
        try (Lab lab = open(family);
                UdpSocket server = provider.createSocket(family.address)) {
            server.setOption(UdpSocketOptions.RECEIVE_PATH, true);
            server.bind(Lab.address(family.any().getAddress().getHostAddress(), PORT));
            DatagramStreams streams = server.stream();
            int here = NetworkInterface.getByName(Lab.HERE).getIndex();
            for (String address : addressesOfThisHost(family)) {
                CompletableFuture<String> answer =
                        CompletableFuture.supplyAsync(() -> lab.peer.ask(address, PORT, "question"));
                List<IncomingDatagram> asked = streams.incoming().receive(1, PATIENCE);
                DatagramPath path = asked.get(0).path();
                assertEquals(host(address), host(path.localAddress().getHostAddress()));
                assertEquals(path.localAddress(), path.destination());
                assertEquals(here, path.interfaceIndex());
                ByteBuffer payload = StandardCharsets.US_ASCII.encode("answer");
                assertTrue(streams.outgoing().trySend(asked.get(0).reply(payload)));
                assertEquals("answer", answer.join());
            }
        }
    }

    /** Without the interface, and in the same writing. */
    private static String host(String address) {
        String text =
                Lab.address(address.replaceFirst("%.*", ""), 0).getAddress().getHostAddress();
        return text.replaceFirst("%.*", "");
    }

    /** The peer's firewall counts the bytes of packets with each sort of ECN bits, also of runs that left as one. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("settings")
    void O3_O4_theEcnBitsAreOnTheWireAsTheyWereChosen(UdpSocketProvider provider, Family family) throws Exception {
        String protocol = family == Family.IPV4 ? "ip" : "ip6";
        try (Lab lab = open(family);
                UdpSocket socket = provider.createSocket(family.address)) {
            lab.peer.open(PORT);
            lab.peer.run("nft add table inet lab");
            lab.peer.run("nft add chain inet lab in { type filter hook input priority 0 ; }");
            for (String bits : List.of("not-ect", "ect1", "ect0", "ce")) {
                lab.peer.run(
                        "nft add rule inet lab in udp dport " + PORT + " " + protocol + " ecn " + bits + " counter");
            }
            socket.bind(family.any());
            List<DatagramPath> paths = Arrays.asList(
                    null,
                    DatagramPath.from(source(family).getAddress()).withEcn(DatagramPath.ECT_1),
                    DatagramPath.ofTrafficClass(DatagramPath.ECT_0),
                    DatagramPath.from(source(family).getAddress()).withEcn(DatagramPath.CE));
            int[] sizes = {100, 200, 300, 400};
            List<OutgoingDatagram> list = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                int kind = i / 10 % 4;
                list.add(new OutgoingDatagram(
                        ByteBuffer.allocate(sizes[kind] + (i % 10 == 9 ? -1 : 0)), lab.peer(PORT), paths.get(kind)));
            }
            assertEquals(120, socket.stream().outgoing().sendAll(list, PATIENCE));
            assertEquals(120, lab.peer.await(PORT, 120).datagrams());
            List<Long> counted = bytes(lab.peer.run("nft list chain inet lab in"));
            for (int kind = 0; kind < 4; kind++) {
                long payload = 30L * sizes[kind] - 3;
                long most = payload + 30 * (40 + 8);
                assertTrue(
                        payload < counted.get(kind) && counted.get(kind) <= most,
                        "kind " + kind + ": " + counted + " bytes with headers");
            }
        }
    }

    private static InetSocketAddress source(Family family) {
        return Lab.address(family == Family.IPV4 ? "10.77.0.11" : "fd77::11", 0);
    }

    private static List<Long> bytes(String rules) {
        return rules.lines()
                .filter(line -> line.contains(" bytes "))
                .map(line -> Long.parseLong(line.replaceFirst(".* bytes (\\d+).*", "$1")))
                .toList();
    }
}
