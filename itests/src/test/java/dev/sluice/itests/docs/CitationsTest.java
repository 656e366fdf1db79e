// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rule that a comment or a page cites is in the specification, and public javadoc links to it. */
class CitationsTest {
    private static final Pattern ID = Pattern.compile("\\b[A-Z]\\d[a-z]?\\b");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");

    /** An inline tag, or a link: what is inside is no bare citation. */
    private static final Pattern LINKED = Pattern.compile("\\{@\\w+[^}]*}|(?s)<a .*?</a>");

    @Test
    void citedRulesExist() throws Exception {
        Set<String> rules = specified();
        List<String> unknown = new ArrayList<>();
        for (Path file : Repository.files(".md")) {
            report(file, MarkdownPage.read(file).prose(), rules, unknown);
        }
        for (Path file : Repository.files(".java")) {
            String comments = COMMENT.matcher(Files.readString(file))
                    .results()
                    .map(comment -> comment.group())
                    .collect(Collectors.joining("\n"));
            report(file, comments, rules, unknown);
        }
        assertEquals(List.of(), unknown, "ids that docs/specification.md doesn't have");
    }

    private static void report(Path file, String text, Set<String> rules, List<String> unknown) {
        citations(text).filter(id -> !rules.contains(id)).forEach(id -> unknown.add(Repository.name(file) + ": " + id));
    }

    @Test
    void publicJavadocLinksToTheRules() throws Exception {
        List<String> bare = new ArrayList<>();
        for (String module : List.of("api", "spi")) {
            Path sources = Repository.ROOT.resolve(Path.of(module, "src", "main", "java"));
            for (Path file : Repository.files(".java")) {
                if (file.startsWith(sources) && !file.endsWith("Rule.java")) {
                    bareCitations(file).forEach(id -> bare.add(Repository.name(file) + ": " + id));
                }
            }
        }
        assertEquals(List.of(), bare, "write {@link Rule#C1 C1} instead of C1 where javadoc is published");
    }

    private static List<String> bareCitations(Path file) throws Exception {
        return PublicJavadoc.in(file).stream()
                .flatMap(comment -> citations(LINKED.matcher(comment).replaceAll("")))
                .toList();
    }

    @Test
    void onlyWhatIsPublishedHasToLink(@TempDir Path folder) throws Exception {
        Path source = folder.resolve("A.java");
        Files.writeString(
                source,
                """
                /** C1 and {@link Rule#C2 C2}. */
                public class A {
                    /** S1. */
                    int hidden;

                    /** S2. */
                    protected void shown() {}

                    /** S3. */
                    static class Hidden {
                        /** S4. */
                        public void hidden() {}
                    }

                    /** R1. */
                    public interface Shown {
                        /** R2. */
                        void shown();
                    }
                }
                """);
        assertEquals(List.of("C1", "S2", "R1", "R2"), bareCitations(source));
    }

    @Test
    void theSpecificationHasRules() throws Exception {
        assertTrue(specified().containsAll(Set.of("C1", "S9", "V2a", "W5")));
    }

    private static Set<String> specified() throws Exception {
        Pattern heading = Pattern.compile("(?m)^### (.+)$");
        String page = Files.readString(Repository.ROOT.resolve(Path.of("docs", "specification.md")));
        return heading.matcher(page).results().map(result -> result.group(1)).collect(Collectors.toSet());
    }

    private static Stream<String> citations(String text) {
        return ID.matcher(text).results().map(result -> result.group());
    }
}
