// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the source of {@link dev.sluice.udp.Rule}: one constant per implemented rule, its text as javadoc. */
final class RuleSource {
    private static final int WIDTH = 120;

    /** Code, a link, emphasis, or something that may be a rule's id. */
    private static final Pattern INLINE = Pattern.compile(
            "`(?<code>[^`]+)`|\\[(?<text>[^]]+)]\\((?<target>[^)]+)\\)|\\*(?<emphasis>[^*]+)\\*|\\b(?<id>[A-Z]\\d[a-z]?)\\b");

    private final List<SpecifiedRule> rules;
    private final Set<String> ids;

    RuleSource(List<SpecifiedRule> all) {
        rules = all.stream().filter(SpecifiedRule::implemented).toList();
        ids = rules.stream().map(SpecifiedRule::id).collect(Collectors.toSet());
    }

    String text() {
        StringBuilder source = new StringBuilder(
                """
                // Copyright 2026 The Sluice authors
                // SPDX-License-Identifier: Apache-2.0
                package dev.sluice.udp;

                /**
                 * The rules that Sluice keeps, one constant each; the specification of this library. Documentation links to them,
                 * and tests are named after them. No method of the API takes or returns one.
                 *
                 * <p>Sources: "WIT" is the package {@code wasi:sockets} 0.2 and {@code wasi:io/poll}; "host" is the reference host,
                 * {@code wasmtime-wasi}; "Linux" cites manual pages; "ADR" is a decision record of this project.
                 */
                // Generated from docs/specification.md, which also has the rules that are not implemented yet: change that page.
                public enum Rule {
                """);
        for (SpecifiedRule rule : rules) {
            source.append(javadoc(rule)).append(constant(rule));
            source.append(rule == rules.get(rules.size() - 1) ? ";\n" : ",\n\n");
        }
        return source.append(
                        """

                            private final String statement;

                            Rule(String statement) {
                                this.statement = statement;
                            }

                            /**
                             * What the rule says, in one sentence.
                             *
                             * @return the sentence, without a full stop
                             */
                            public String statement() {
                                return statement;
                            }
                        }
                        """)
                .toString();
    }

    private String javadoc(SpecifiedRule rule) {
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add(html(rule.statement()));
        rule.details().forEach(paragraph -> paragraphs.add("<p>" + html(paragraph)));
        if (!rule.exception().isEmpty()) {
            paragraphs.add("<p><b>Not implemented yet:</b> " + html(rule.exception()));
        }
        paragraphs.add("<p><b>Source:</b> " + html(rule.source()));
        return paragraphs.stream()
                .map(paragraph -> wrapped(paragraph, "     * "))
                .collect(Collectors.joining("     *\n", "    /**\n", "     */\n"));
    }

    /** As the formatter has it: the argument on a line of its own if the line would be too long. */
    private static String constant(SpecifiedRule rule) {
        String argument = "\"" + rule.statement().replace("`", "").replaceFirst("\\.$", "") + "\")";
        String line = "    " + rule.id() + "(" + argument;
        return line.length() < WIDTH ? line : "    " + rule.id() + "(\n            " + argument;
    }

    private String html(String markdown) {
        StringBuilder html = new StringBuilder();
        Matcher matcher = INLINE.matcher(markdown);
        int end = 0;
        while (matcher.find()) {
            html.append(escaped(markdown.substring(end, matcher.start()))).append(element(matcher));
            end = matcher.end();
        }
        return html.append(escaped(markdown.substring(end))).toString();
    }

    private String element(Matcher matcher) {
        if (matcher.group("code") != null) {
            return "{@code " + matcher.group("code") + "}";
        }
        if (matcher.group("text") != null) { // pages of the repository are not part of the javadoc
            String target = matcher.group("target");
            return target.startsWith("https:")
                    ? "<a href=\"" + target + "\">" + escaped(matcher.group("text")) + "</a>"
                    : escaped(matcher.group("text"));
        }
        if (matcher.group("emphasis") != null) {
            return "<i>" + escaped(matcher.group("emphasis")) + "</i>";
        }
        String id = matcher.group("id");
        return ids.contains(id) ? "{@link #" + id + "}" : id;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;");
    }

    private static String wrapped(String paragraph, String prefix) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (String word : paragraph.split(" (?![^{]*})")) { // never inside of a tag
            if (!line.isEmpty() && prefix.length() + line.length() + 1 + word.length() > WIDTH) {
                lines.append(prefix).append(line).append('\n');
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        return lines.append(prefix).append(line).append('\n').toString();
    }
}
