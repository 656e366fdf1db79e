// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every provider answers the same calls alike: random sequences of calls with addresses of every kind, whose results or
 * error codes are compared. What a provider declares that it can't do is left out. A seed can be given by the system
 * property {@code sluice.netlab.seed}; each failure names its own.
 */
class AlikeTest {
    private static final int SEQUENCES = Integer.getInteger("sluice.netlab.sequences", 400);
    private static final int CALLS = 12;

    @ParameterizedTest
    @EnumSource
    void E9_everyProviderAnswersAlike(Family family) throws Exception {
        long seed = Long.getLong("sluice.netlab.seed", System.nanoTime());
        System.out.println("seed " + seed + " (-Dsluice.netlab.seed=" + seed + "), " + family);
        try (Lab lab = Lab.open(family);
                DatagramChannel sink = DatagramChannel.open()) {
            Lab.ip("addr add fe80::77:1/64 dev here nodad");
            lab.peer.run("ip addr add fe80::77:2/64 dev there nodad");
            sink.bind(new InetSocketAddress(CallScript.PORT)); // so that no closed port answers, sooner or later
            lab.peer.open(CallScript.PORT);
            Lab.awaitPathTo(lab.peer, lab.peer(Lab.WARM_UP_PORT));
            Random random = new Random(seed);
            for (int i = 0; i < SEQUENCES; i++) {
                CallScript script = CallScript.random(family, new Random(random.nextLong()), CALLS);
                UdpSocketProvider first = null;
                List<String> expected = List.of();
                for (UdpSocketProvider provider : providers().toList()) {
                    List<String> answers = new ArrayList<>();
                    for (String answer : script.play(provider)) {
                        answers.add(canSetHops() ? answer : CallScript.withoutHops(answer));
                    }
                    if (first == null) {
                        first = provider;
                        expected = answers;
                    } else {
                        assertEquals(
                                String.join("\n", expected),
                                String.join("\n", answers),
                                first.name() + " and " + provider.name() + " differ, sequence " + i + " of seed "
                                        + seed);
                    }
                }
            }
        }
    }

    private static Stream<UdpSocketProvider> providers() {
        return Settings.providers().map(UdpSockets::provider);
    }

    private static boolean canSetHops() {
        return providers().allMatch(provider -> provider.capabilities().contains(ProviderCapability.UNICAST_HOP_LIMIT));
    }
}
