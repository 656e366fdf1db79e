// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One rule as docs/specification.md has it: a heading {@code ### ID}, the statement in bold on one line, paragraphs, and
 * two list items, {@code - Source:} and {@code - Status:}. Texts are Markdown.
 */
record SpecifiedRule(String id, String statement, List<String> details, String source, String status) {
    private static final Pattern RULE =
            Pattern.compile("### (?<id>.*)\n\\*\\*(?<statement>.*)\\*\\*\n(?<details>(?:.*\n)*?)"
                    + "- Source: (?<source>.*(?:\n {2}.*)*)\n- Status: (?<status>.*(?:\n {2}.*)*)\n");

    private static final String IMPLEMENTED = "implemented";
    private static final String EXCEPT = "implemented, except";
    private static final String NOT_YET = "not implemented yet";

    /** All rules of the page, in its order. */
    static List<SpecifiedRule> in(Path page) throws IOException {
        List<SpecifiedRule> rules = new ArrayList<>();
        String text = Files.readString(page);
        for (String section : text.substring(text.indexOf("\n### ") + 1).split("\n(?=### )")) {
            String rule = section.split("\n## ", 2)[0].stripTrailing() + "\n";
            Matcher matcher = RULE.matcher(rule);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(page + ": not a heading \"### ID\", a statement in bold on the next"
                        + " line, paragraphs, and the items \"- Source:\" and \"- Status:\" last:\n" + rule);
            }
            rules.add(new SpecifiedRule(
                    matcher.group("id"),
                    matcher.group("statement"),
                    paragraphs(matcher.group("details")),
                    oneLine(matcher.group("source")),
                    oneLine(matcher.group("status"))));
        }
        return rules;
    }

    private static List<String> paragraphs(String text) {
        return Pattern.compile("\n\\s*\n")
                .splitAsStream(text.strip())
                .filter(paragraph -> !paragraph.isBlank())
                .map(SpecifiedRule::oneLine)
                .toList();
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\n\\s*", " ");
    }

    boolean implemented() {
        return !status.equals(NOT_YET);
    }

    /** What is missing of an implemented rule; empty if nothing is. */
    String exception() {
        return status.startsWith(EXCEPT)
                ? withoutTests().substring(EXCEPT.length()).strip()
                : "";
    }

    /** What is wrong with the status, or null: it is one of three, and leads to the tests if there are any. */
    String statusProblem() {
        if (!implemented()) {
            return null;
        }
        String tests = "[Tests](rules.md#" + id.toLowerCase() + ")";
        if (!status.endsWith(". " + tests)) {
            return id + ": the status is \"" + NOT_YET + "\", or it ends with \". " + tests + "\"";
        }
        return withoutTests().equals(IMPLEMENTED + ".") || status.startsWith(EXCEPT + " ")
                ? null
                : id + ": the status begins with \"" + IMPLEMENTED + ".\" or \"" + EXCEPT + " \"";
    }

    private String withoutTests() {
        return status.replaceFirst(" \\[Tests].*", "");
    }
}
