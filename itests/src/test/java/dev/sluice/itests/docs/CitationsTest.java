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

/** Every rule that a comment or a page cites is in the specification. */
class CitationsTest {
    private static final Pattern ID = Pattern.compile("\\b[A-Z]\\d[a-z]?\\b");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");

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
