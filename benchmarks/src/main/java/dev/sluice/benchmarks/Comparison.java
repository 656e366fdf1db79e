// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.util.stream.Collectors;

/**
 * Two contenders, the load and the place, and what the first one's rate should be at least, in units of the second's.
 *
 * @param topic the row of the table of targets that it belongs to
 * @param target NaN where none is set
 */
record Comparison(
        String topic,
        Kind ours,
        Kind theirs,
        Place place,
        int list,
        String sizes,
        int destinations,
        boolean connected,
        double target) {

    /** Whether it is a row of a chart: all contenders in units of {@code DatagramChannel}, with the same load. */
    boolean isCharted(Place where) {
        return place == where
                && place != Place.READER // which isn't measured for all
                && (where.receiving
                        ? theirs == Kind.CHANNEL_RECEIVE && ours.isChartedReceiver()
                        : theirs == Kind.CHANNEL)
                && list == 64
                && sizes.equals("1200")
                && destinations == 1
                && !connected
                && !topic.startsWith(Selection.GROWTH);
    }

    String load() {
        return list + " × " + sizes + " B" + (destinations > 1 ? ", " + destinations + " destinations" : "")
                + (connected ? ", connected" : "");
    }

    /** What to write on the command line to select it. */
    String id() {
        return (ours + "/" + theirs + "/" + place + "/" + list + "x" + sizes.replace(' ', '+') + "/" + destinations
                        + (connected ? "/connected" : ""))
                .toLowerCase(java.util.Locale.ROOT);
    }

    Load load(Destinations all) throws java.io.IOException {
        return new Load(
                place,
                list,
                java.util.Arrays.stream(sizes.split(" / "))
                        .map(Integer::valueOf)
                        .collect(Collectors.toList()),
                all.of(place, destinations),
                connected);
    }
}
