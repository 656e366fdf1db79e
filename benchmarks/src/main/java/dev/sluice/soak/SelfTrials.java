// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.util.EnumMap;
import java.util.Map;

/**
 * What providers send to themselves on loopback to try the machine out, when they are found for the first time in a class
 * loader. It is counted here once, before there is other traffic, and is the same each time.
 */
final class SelfTrials {
    private final Map<Family, Long> sent = new EnumMap<>(Family.class);
    private final Map<Family, Long> received = new EnumMap<>(Family.class);

    /** Finds the providers. */
    SelfTrials() {
        Map<Family, Map<String, Long>> before = counters();
        Setting.all();
        Map<Family, Map<String, Long>> after = counters();
        for (Family family : Family.values()) {
            sent.put(family, difference(before.get(family), after.get(family), "OutDatagrams"));
            received.put(family, difference(before.get(family), after.get(family), "InDatagrams"));
        }
    }

    /** They happened once more, with a packet for each datagram that the kernel counts. */
    void addTo(Ledger ledger, Family family) {
        ledger.sent.add(sent.get(family));
        ledger.sentWhole.add(sent.get(family));
        ledger.received.add(received.get(family));
    }

    private static Map<Family, Map<String, Long>> counters() {
        Map<Family, Map<String, Long>> counters = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            counters.put(family, KernelCounters.udp(SoakWorld.OWN_NET, family));
        }
        return counters;
    }

    private static long difference(Map<String, Long> before, Map<String, Long> after, String name) {
        return after.get(name) - before.get(name);
    }
}
