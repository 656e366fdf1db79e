// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import static dev.sluice.soak.SoakFailure.require;
import static dev.sluice.soak.SoakFailure.requireEqual;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Compares the ledgers with the kernels' counters of both namespaces, between rounds, when nothing is under way. */
final class Accounts {
    private final Soak soak;
    private final Map<Family, Map<String, Long>> nearStart = new EnumMap<>(Family.class);
    private final Map<Family, Map<String, Long>> farStart = new EnumMap<>(Family.class);
    private final Map<String, Long> differences = new HashMap<>();

    Accounts(Soak soak) {
        this.soak = soak;
        for (Family family : Family.values()) {
            nearStart.put(family, KernelCounters.udp(SoakWorld.OWN_NET, family));
            farStart.put(family, KernelCounters.udp(soak.farNet, family));
        }
    }

    /**
     * Fails where they differ.
     *
     * @param unruly whether peers came and went since the last check
     */
    void check(boolean unruly) {
        for (Family family : Family.values()) {
            checkNear(family);
            checkFar(family, unruly);
        }
    }

    private void checkNear(Family family) {
        Ledger ledger = soak.ledger(family);
        Map<String, Long> now = KernelCounters.udp(SoakWorld.OWN_NET, family);
        Map<String, Long> start = nearStart.get(family);
        requireEqual(
                family + ": InDatagrams here, and what the sockets say that they took",
                ledger.received.sum(),
                now.get("InDatagrams") - start.get("InDatagrams"));
        requireEqual(
                family + ": RcvbufErrors here, and what the sockets' lines in /proc/net said",
                ledger.dropped.sum(),
                now.get("RcvbufErrors") - start.get("RcvbufErrors"));
        // Of what a device refused the kernel tells the sender that it went; it is among SndbufErrors, with what was
        // told.
        long out = now.get("OutDatagrams") - start.get("OutDatagrams");
        long refused = now.get("SndbufErrors") - start.get("SndbufErrors");
        require(
                ledger.sentWhole.sum() <= out + refused && out <= ledger.sent.sum(),
                family + ": OutDatagrams here are " + out + ", which counts a segmented send as one, and SndbufErrors "
                        + refused + "; the sockets say that they sent " + ledger.sent.sum() + ", of which "
                        + ledger.sentWhole.sum() + " without segmentation");
        requireEqual(family + ": InCsumErrors here", start.get("InCsumErrors"), now.get("InCsumErrors"));
    }

    private void checkFar(Family family, boolean unruly) {
        Ledger ledger = soak.ledger(family);
        Map<String, Long> now = KernelCounters.udp(soak.farNet, family);
        Map<String, Long> start = farStart.get(family);
        requireEqual(
                family + ": InDatagrams of the peers' kernel, and what they took",
                ledger.peersTook.sum(),
                now.get("InDatagrams") - start.get("InDatagrams"));
        // A receiver that goes may miss a drop at the last moment, and to how many datagrams it was away isn't known.
        requireEqualButFor(
                unruly,
                family + ": RcvbufErrors of the peers' kernel, and what their sockets' lines in /proc/net said",
                ledger.peersDropped.sum(),
                now.get("RcvbufErrors") - start.get("RcvbufErrors"));
        requireEqualButFor(
                unruly,
                family + ": NoPorts of the peers' kernel, and what was sent to closed ports",
                ledger.sentToClosedPorts.sum(),
                now.get("NoPorts") - start.get("NoPorts"));
    }

    /** What is more after unruliness stays the difference from then on. */
    private void requireEqualButFor(boolean unruly, String what, long expected, long actual) {
        long before = differences.getOrDefault(what, 0L);
        if (unruly) {
            require(actual - expected >= before, what + ": " + actual + " are fewer than " + (expected + before));
            differences.put(what, actual - expected);
        } else {
            requireEqual(what, expected + before, actual);
        }
    }
}
