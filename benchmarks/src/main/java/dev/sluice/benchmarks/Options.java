// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What the launcher hands over. */
final class Options {
    Path reference;
    Path out = Path.of(".");
    String farNamespace;
    String only = "";
    private Pattern chosen = Pattern.compile("");
    boolean full;
    boolean growth;
    boolean extras = true;
    boolean latency = true;
    int openings = 4;
    int pairs = 100;
    int sliceMillis = 2;
    int warmUpMillis = 400;

    private Options() {}

    static Options parse(String[] arguments) {
        Options options = new Options();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String value = argument.substring(equals + 1);
            switch (equals < 0 ? argument : argument.substring(0, equals)) {
                case "--reference" -> options.reference = Path.of(value);
                case "--out" -> options.out = Path.of(value);
                case "--far" -> options.farNamespace = value;
                case "--full" -> options.full = true;
                case "--growth" -> options.growth = true;
                case "--only" -> {
                    options.only = value;
                    options.chosen = pattern(argument, value);
                    options.extras = false;
                    options.latency = options.chosen.matcher("latency").find();
                }
                case "--openings" -> options.openings = positive(argument, value);
                case "--pairs" -> options.pairs = positive(argument, value);
                case "--slice" -> options.sliceMillis = positive(argument, value);
                case "--warm-up" -> options.warmUpMillis = positive(argument, value);
                default ->
                    throw new IllegalArgumentException(
                            argument + ": there is no such option; benchmarks/README.md has them");
            }
        }
        return options;
    }

    boolean isChosen(Comparison comparison) {
        return chosen.matcher(comparison.id()).find();
    }

    private static Pattern pattern(String argument, String value) {
        try {
            return Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(argument + ": a regular expression is needed; " + e.getDescription());
        }
    }

    private static int positive(String argument, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException(argument + ": a whole number from 1 on is needed");
    }
}
