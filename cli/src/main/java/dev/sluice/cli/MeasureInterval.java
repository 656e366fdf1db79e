// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.util.Locale;

/**
 * What was measured in some time.
 *
 * @param from when it began, in seconds since the start
 * @param to when it ended
 * @param sent datagrams that the client's kernel took
 * @param bytes their payloads
 * @param before the server's report at its beginning
 * @param after the server's report at its end
 * @param lost datagrams that are missing
 * @param roundTrips of the datagrams that were echoed
 */
record MeasureInterval(
        double from,
        double to,
        long sent,
        long bytes,
        MeasureReport before,
        MeasureReport after,
        long lost,
        RoundTrips roundTrips) {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MEGABIT = 1e6;
    private static final double MEDIAN = 0.5;
    private static final double MOST = 0.99;

    static final String HEADER = "      seconds       sent    Mbit/s    lost reord. dupl.  jitter     rtt rtt 99%";

    String text() {
        return String.format(
                Locale.ROOT,
                "%6.1f %6.1f %10d %9.2f %7d %6d %5d %7s %7s %7s",
                from,
                to,
                sent,
                megabits(),
                lost,
                reordered(),
                duplicated(),
                millis(jitter()),
                millis(roundTrips.millis(MEDIAN)),
                millis(roundTrips.millis(MOST)));
    }

    /** Of the payloads that arrived. */
    private double megabits() {
        return to > from ? (after.bytes() - before.bytes()) * Byte.SIZE / (to - from) / MEGABIT : 0;
    }

    private long reordered() {
        return after.reordered() - before.reordered();
    }

    private long duplicated() {
        return after.duplicated() - before.duplicated();
    }

    private double jitter() {
        return after.jitterNanos() / NANOS_PER_MILLI;
    }

    private static String millis(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }

    /**
     * The same as members of a JSON object.
     *
     * @param type the object's first member
     * @param more what else it has; empty, or beginning with a comma
     */
    String json(String type, String more) {
        return String.format(
                Locale.ROOT,
                "{\"type\":\"%s\",\"from\":%.3f,\"to\":%.3f,\"sent\":%d,\"sentBytes\":%d,\"received\":%d,"
                        + "\"receivedBytes\":%d,\"megabitsPerSecond\":%.3f,\"lost\":%d,\"reordered\":%d,\"duplicated\":%d,"
                        + "\"jitterMillis\":%.6f,\"roundTripMillis\":{\"p50\":%s,\"p99\":%s,\"max\":%s}%s}",
                type,
                from,
                to,
                sent,
                bytes,
                after.received() - before.received(),
                after.bytes() - before.bytes(),
                megabits(),
                lost,
                reordered(),
                duplicated(),
                jitter(),
                number(roundTrips.millis(MEDIAN)),
                number(roundTrips.millis(MOST)),
                number(roundTrips.millis(1)),
                more);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "null" : String.format(Locale.ROOT, "%.6f", value);
    }
}
