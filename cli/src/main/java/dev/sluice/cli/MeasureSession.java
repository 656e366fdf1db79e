// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.util.OptionalLong;

/** What a server counts of one client. */
final class MeasureSession {
    /** The gain of RFC 3550, section 6.4.1. */
    private static final int GAIN = 16;

    private final SequenceTracker numbers = new SequenceTracker();
    private final OptionalLong droppedBefore;
    private long bytes;
    private double jitter;
    private long lastTransit;
    private long lastHeard;

    MeasureSession(OptionalLong droppedBefore) {
        this.droppedBefore = droppedBefore;
    }

    /**
     * One of the datagrams that are counted has arrived.
     *
     * @param sent by the client's clock; only differences matter
     * @param arrived by ours
     */
    void arrived(long number, long sent, long arrived, int length) {
        long before = numbers.received();
        numbers.arrived(number);
        if (numbers.received() == before) {
            return; // a second one
        }
        bytes += length;
        long transit = arrived - sent;
        if (before > 0) {
            jitter += (Math.abs(transit - lastTransit) - jitter) / GAIN;
        }
        lastTransit = transit;
    }

    void heard(long now) {
        lastHeard = now;
    }

    long lastHeard() {
        return lastHeard;
    }

    MeasureReport report(OptionalLong dropped) {
        return new MeasureReport(
                numbers.received(),
                bytes,
                numbers.highest(),
                numbers.reordered(),
                numbers.duplicated(),
                (long) jitter,
                dropped.isPresent() ? dropped.getAsLong() - droppedBefore.orElse(0) : -1);
    }
}
