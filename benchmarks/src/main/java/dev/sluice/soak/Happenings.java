// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.util.Map;
import java.util.TreeMap;

/** How often what happened, for the report. */
final class Happenings {
    private final Map<String, Long> counts = new TreeMap<>();

    synchronized void note(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}
