// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sluice.udp.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A rule without a test, and a test without a rule, fail the build; writes the table of all of them. Reads the sources of
 * the kit, of its tests, and of modules that this one doesn't depend on: the SPI's tests of semantics, and those of
 * provider-ffm and of the adapters, which have rules of their own.
 */
class CoverageTest {
    private static final List<Path> SOURCES = List.of(
            Path.of("src", "main", "java"),
            Path.of("src", "test", "java"),
            Path.of("..", "spi", "src", "test", "java", "dev", "sluice", "udp", "spi", "semantics"),
            Path.of("..", "provider-ffm", "src", "test", "java"),
            Path.of("..", "adapters", "async", "src", "test", "java"),
            Path.of("..", "adapters", "flow", "src", "test", "java"),
            Path.of("..", "endive", "src", "test", "java", "dev", "sluice", "endive", "AsyncGuestTest.java"));

    /** The annotation, other annotations (whose arguments hold no parenthesis), and the name of the method. */
    private static final Pattern TEST = Pattern.compile(
            "@(?:Parameterized)?Test(?:\\([^)]*\\))?\\s+(?:@\\w+(?:\\([^)]*\\))?\\s+)*(?:final\\s+)?void (\\w+)\\(");

    /** A test method, by the simple name of its class. */
    private record TestMethod(String type, String method) {
        @Override
        public String toString() {
            return type + "." + method;
        }
    }

    @Test
    void V5_everyRuleHasATest() throws Exception {
        Map<Rule, Set<String>> tests = new EnumMap<>(Rule.class);
        for (TestMethod test : tests()) {
            for (Rule rule : ProvenRules.of(test.method)) {
                tests.computeIfAbsent(rule, key -> new TreeSet<>()).add(test.toString());
            }
        }
        Path written = Path.of("target", "conformance", "rules.md");
        Files.createDirectories(written.getParent());
        Files.writeString(written, table(tests));
        Set<Rule> missing = EnumSet.complementOf(EnumSet.copyOf(tests.keySet()));
        assertEquals(Set.of(), missing, "rules without a test");
    }

    @Test
    void V5_everyTestNamesItsRule() throws Exception {
        for (TestMethod test : tests()) {
            assertFalse(ProvenRules.of(test.method).isEmpty(), () -> test + " names no rule");
        }
    }

    @Test
    void V5_theDocumentationShowsThem() throws Exception {
        V5_everyRuleHasATest();
        Path shown = Path.of("..", "docs", "rules.md");
        assertEquals(
                Files.readString(Path.of("target", "conformance", "rules.md")),
                Files.exists(shown) ? Files.readString(shown) : "",
                "docs/rules.md is old: copy tck/target/conformance/rules.md there");
    }

    private static String table(Map<Rule, Set<String>> tests) {
        StringBuilder table = new StringBuilder("# The rules, and the tests that prove them\n\n"
                + "Written by the conformance kit's own build. Classes that end in Tck run against every provider; the\n"
                + "others prove what the SPI makes of a transport, and that the kit notices faults. [The\n"
                + "specification](specification.md) has each rule in full.\n\n"
                + "| Rule | What it says | Tests |\n|---|---|---|\n");
        for (Rule rule : Rule.values()) {
            String names = String.join(", ", tests.getOrDefault(rule, Set.of()));
            String anchor = rule.name().toLowerCase(Locale.ROOT);
            table.append("| <a id=\"" + anchor + "\"></a>[**" + rule + "**](specification.md#" + anchor + ") | "
                    + rule.statement() + " | " + names + " |\n");
        }
        return table.toString();
    }

    private static List<TestMethod> tests() throws IOException {
        List<TestMethod> tests = new ArrayList<>();
        for (Path root : SOURCES) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        files.filter(name -> name.toString().endsWith(".java")).toList()) {
                    String type = file.getFileName().toString().replace(".java", "");
                    Matcher matcher = TEST.matcher(Files.readString(file));
                    while (matcher.find()) {
                        tests.add(new TestMethod(type, matcher.group(1)));
                    }
                }
            }
        }
        return tests;
    }
}
