// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/specification.md and the enum {@link Rule} say the same. */
class SpecificationTest {
    private static final Path PAGE = Path.of("..", "docs", "specification.md");
    private static final Path WRITTEN = Path.of("target", "specification", "Rule.java");
    private static final Path COMPILED = Path.of("src", "main", "java", "dev", "sluice", "udp", "Rule.java");

    private static List<SpecifiedRule> rules;

    @BeforeAll
    static void read() throws Exception {
        rules = SpecifiedRule.in(PAGE);
    }

    @Test
    void ruleIsGeneratedFromThePage() throws Exception {
        String source = new RuleSource(rules).text();
        Files.createDirectories(WRITTEN.getParent());
        Files.writeString(WRITTEN, source);
        assertEquals(
                source,
                Files.readString(COMPILED),
                "Rule.java differs from docs/specification.md: change the page, then copy"
                        + " api/target/specification/Rule.java to api/src/main/java/dev/sluice/udp");
    }

    @Test
    void thereIsAConstantForEachImplementedRule() {
        assertEquals(
                rules.stream()
                        .filter(SpecifiedRule::implemented)
                        .map(SpecifiedRule::id)
                        .toList(),
                Arrays.stream(Rule.values()).map(Rule::name).toList());
    }

    @Test
    void idsAreUnique() {
        rules.stream()
                .collect(Collectors.groupingBy(SpecifiedRule::id, Collectors.counting()))
                .forEach((id, count) -> assertEquals(1, count, () -> id + " stands there more than once"));
    }

    @Test
    void everyStatusIsOneOfThree() {
        assertEquals(
                List.of(),
                rules.stream()
                        .map(SpecifiedRule::statusProblem)
                        .filter(Objects::nonNull)
                        .toList());
    }

    @Test
    void everyStatementIsASentenceAndEverySourceIsGiven() {
        for (SpecifiedRule rule : rules) {
            assertTrue(rule.statement().endsWith("."), () -> rule.id() + ": the statement ends with a full stop");
            assertTrue(rule.source().endsWith("."), () -> rule.id() + ": the source ends with a full stop");
        }
    }

    @Test
    void statementsHaveNoFullStopInJava() {
        for (Rule rule : Rule.values()) {
            assertTrue(!rule.statement().isBlank() && !rule.statement().endsWith("."), rule::name);
        }
    }
}
