// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tests that pages name as proof exist. */
class NamedTestsTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*[a-z0-9](?:Test|Tck|IT))(?:\\.(\\w+))?`");

    @Test
    void namedTestsExist() throws Exception {
        Map<String, String> sources = new HashMap<>();
        for (Path file : Repository.files(".java")) {
            sources.merge(file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
        }
        List<String> missing = new ArrayList<>();
        for (Path page : Repository.files(".md")) {
            NAMED.matcher(Files.readString(page))
                    .results()
                    .filter(named -> !exists(named, sources))
                    .forEach(named -> missing.add(Repository.name(page) + ": " + named.group()));
        }
        assertEquals(List.of(), missing, "tests that pages name, and that don't exist");
    }

    private static boolean exists(MatchResult named, Map<String, String> sources) {
        String source = sources.get(named.group(1));
        return source != null && (named.group(2) == null || source.contains("void " + named.group(2) + "("));
    }
}
