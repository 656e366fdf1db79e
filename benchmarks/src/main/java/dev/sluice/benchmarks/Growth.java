// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.util.ArrayList;
import java.util.List;

/** What a wake-up costs as the number of waiting sockets grows. How sending grows is among the comparisons. */
final class Growth {
    private static final int[] SOCKETS = {10, 100, 1_000, 10_000};

    private static Waiting measure(AlternatingRun alternating, String provider, WakeUp.Way way, int sockets)
            throws Exception {
        Outcome outcome = alternating.run( // ours: the fewest, so that the ratio is a factor of cost
                null, () -> new WakeUp(provider, SOCKETS[0], way), () -> new WakeUp(provider, sockets, way));
        return new Waiting(provider, way, sockets, outcome.theirNanos(), outcome.ratio());
    }

    /** The price of one wake-up, and how many times that of ten sockets it is. */
    record Waiting(String provider, WakeUp.Way way, int sockets, Statistics nanos, Statistics timesOfTen) {}

    final List<Waiting> measured = new ArrayList<>();

    void measure(AlternatingRun alternating) throws Exception {
        for (UdpSocketProvider provider : UdpSockets.providers()) {
            for (WakeUp.Way way : WakeUp.Way.values()) {
                for (int sockets : SOCKETS) {
                    measured.add(measure(alternating, provider.name(), way, sockets));
                }
            }
        }
    }
}
