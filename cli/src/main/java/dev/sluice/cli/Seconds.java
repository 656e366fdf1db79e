// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.time.Duration;
import picocli.CommandLine.TypeConversionException;

/** A time as a user writes it: {@code 10}, {@code 0.5}. What can't be counted in nanoseconds is none. */
record Seconds(double value) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MOST = 1e9;

    static Seconds parse(String text) {
        try {
            double value = Double.parseDouble(text);
            if (value >= 0 && value <= MOST) {
                return new Seconds(value);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new TypeConversionException("'" + text + "' is no time: write seconds, as 10 or 0.5, up to a billion");
    }

    /** What is wrong with a time that may not be 0, or null. */
    static String problem(String option, Seconds seconds) {
        return seconds == null || seconds.nanos() > 0
                ? null
                : "Invalid value for option '" + option + "': it has to be above 0";
    }

    long nanos() {
        return (long) (value * NANOS_PER_SECOND);
    }

    Duration duration() {
        return Duration.ofNanos(nanos());
    }
}
