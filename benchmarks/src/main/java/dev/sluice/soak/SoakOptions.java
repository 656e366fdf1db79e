// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The command line of {@code benchmarks/soak}.
 *
 * @param minutes how long to run
 * @param seed what decides every random choice
 * @param out the folder for report and picture
 * @param only what the settings to run must match, such as {@code nio IPV6}
 */
record SoakOptions(double minutes, long seed, Path out, Pattern only) {
    private static final double LONGEST = 7 * 24 * 60;

    static SoakOptions parse(String... arguments) {
        double minutes = 1;
        long seed = System.nanoTime();
        Path out = Path.of(".");
        Pattern only = Pattern.compile("");
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            if (argument.startsWith("--seed=")) {
                seed = seed(value);
            } else if (argument.startsWith("--out=")) {
                out = Path.of(value);
            } else if (argument.startsWith("--only=")) {
                only = pattern(value);
            } else if (argument.startsWith("-")) {
                throw new IllegalArgumentException(
                        argument + ": there is no such option; there are --seed=NUMBER, --only=REGEX and --out=FOLDER");
            } else {
                minutes = minutes(argument);
            }
        }
        return new SoakOptions(minutes, seed, out, only);
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "--only=" + text + ": a regular expression is needed: " + e.getDescription());
        }
    }

    private static long seed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--seed=" + text + ": a whole number is needed");
        }
    }

    private static double minutes(String text) {
        try {
            double minutes = Double.parseDouble(text);
            if (minutes > 0 && minutes <= LONGEST) {
                return minutes;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(text + ": a number of minutes is needed, above 0 and at most a week");
    }
}
