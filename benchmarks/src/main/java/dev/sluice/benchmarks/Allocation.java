// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** How much memory a call allocates once it is warm: a number, not a time, so a test may insist on it. */
final class Allocation {
    /** What one call allocates, and what it may. */
    record Measured(Kind kind, String load, double bytesPerCall, double allowed) {
        boolean isReached() {
            return bytesPerCall <= allowed;
        }
    }

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 6_000;
    private static final int CALLS = 500;
    private static final int MOST_ATTEMPTS = 200;

    final List<Measured> measured = new ArrayList<>();

    void measure(Destinations destinations) throws Exception {
        List<Kind> kinds = new ArrayList<>(List.of(Kind.NIO_LIST, Kind.NIO_BATCH, Kind.EPOLL_LIST, Kind.EPOLL_BATCH));
        if (Kind.hasFfm()) {
            kinds.addAll(List.of(Kind.FFM_LIST, Kind.FFM_BATCH));
        }
        for (Kind kind : kinds) {
            for (boolean connected : new boolean[] {true, false}) {
                Load load = new Load(Place.LOOPBACK, 64, List.of(64), destinations.of(Place.LOOPBACK, 1), connected);
                double allowed = kind.isEpoll() && !connected ? 32 : 0; // 64 × 64 B are one GSO send
                try (Contender contender = kind.sender(load, null)) {
                    double bytes = bytesPerRound((Rounds) contender, allowed);
                    measured.add(new Measured(kind, connected ? "connected" : "no peer", bytes, allowed));
                }
            }
        }
    }

    /**
     * After warming up: the least of several attempts, for compiler threads interfere, and on a busy machine it takes a
     * while until everything is compiled. Fractions of a byte are the measurement itself.
     *
     * @param allowed no attempt is made any more once this is reached
     */
    static double bytesPerRound(Rounds contender, double allowed) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            contender.round();
        }
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < MOST_ATTEMPTS && least >= (allowed + 1) * CALLS; attempt++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                contender.round();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return Math.floor((double) least / CALLS);
    }
}
