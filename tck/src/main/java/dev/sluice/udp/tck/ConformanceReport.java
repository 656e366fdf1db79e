// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import dev.sluice.udp.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects, for one provider, every test with its result in each family, and writes the table of rules. */
final class ConformanceReport {

    /** The result of a test. */
    enum Result {
        /** It passed. */
        PASSED("✓"),
        /** It failed. */
        FAILED("✗"),
        /** It was skipped: this machine lacks what it needs. */
        SKIPPED("?");

        private final String sign;

        Result(String sign) {
            this.sign = sign;
        }
    }

    private final String provider;
    private final Map<Rule, Map<String, Map<String, Result>>> results = new TreeMap<>();

    ConformanceReport(String provider) {
        this.provider = provider;
    }

    /** Adds the result of a test, under each of its rules. */
    synchronized void add(String topic, String test, String family, Result result) {
        for (Rule rule : ProvenRules.of(test)) {
            results.computeIfAbsent(rule, key -> new TreeMap<>())
                    .computeIfAbsent(topic + "." + test, key -> new TreeMap<>())
                    .put(family, result);
        }
    }

    synchronized String table() {
        List<String> lines = new ArrayList<>(List.of(
                "# Conformance of the provider \"" + provider + "\"",
                "",
                "✓ passed, ✗ failed, ? not tried for want of something on this machine, – only in the other family. Rules",
                "without a test here need faults that only a scripted transport or a network of its own can make: the tests of",
                "the modules spi and netlab prove them.",
                "",
                "| Rule | Test | IPv4 | IPv6 |",
                "|---|---|---|---|"));
        for (Rule rule : Rule.values()) {
            lines.add("| **" + rule + "** | *" + rule.statement() + "* | | |");
            results.getOrDefault(rule, Map.of())
                    .forEach((test, byFamily) -> lines.add(
                            "| | " + test + " | " + sign(byFamily, "IPV4") + " | " + sign(byFamily, "IPV6") + " |"));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String sign(Map<String, Result> byFamily, String family) {
        Result result = byFamily.get(family);
        return result == null ? "–" : result.sign;
    }

    void write() {
        Path file = Path.of("target", "conformance", provider + ".md");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, table());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
