// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The classes and methods exist that pages name which say where something is implemented. */
class NamedClassesTest {
    private static final Pattern NAMED =
            Pattern.compile("(?<!Netty's )`([A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?(?:\\([^`]*)?`");

    private static final Pattern TYPE = Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)");

    private static final List<String> JDK = List.of("java.lang.", "java.util.", "java.nio.channels.", "java.net.");

    @ParameterizedTest
    @ValueSource(strings = {"ARCHITECTURE.md", "docs/mutations.md"})
    void namedClassesExist(String page) throws Exception {
        Map<String, String> sources = new HashMap<>();
        for (Path file : Repository.files(".java")) {
            String source = Files.readString(file);
            TYPE.matcher(source).results().forEach(type -> sources.merge(type.group(1), source, String::concat));
        }
        assertEquals(
                List.of(), missing(Files.readString(Repository.ROOT.resolve(page)), sources), page + " names classes");
    }

    private static List<String> missing(String page, Map<String, String> sources) throws IOException {
        List<String> missing = new ArrayList<>();
        NAMED.matcher(page)
                .results()
                .filter(named -> !exists(named, sources))
                .forEach(named -> missing.add(named.group()));
        return missing;
    }

    private static boolean exists(MatchResult named, Map<String, String> sources) {
        String source = sources.get(named.group(1));
        if (source == null) {
            return JDK.stream().anyMatch(name -> isClass(name + named.group(1)));
        }
        return named.group(2) == null || source.matches("(?s).*\\b" + named.group(2) + "\\b.*");
    }

    private static boolean isClass(String name) {
        try {
            Class.forName(name, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Test
    void methodsAreLookedForInTheirClass() throws Exception {
        Map<String, String> sources = Map.of("Gate", "class Gate { void close() {} }");
        assertEquals(
                List.of("`Door`", "`Gate.open`"),
                missing("`Gate` `Gate.close` `Door` `Gate.open` `DatagramChannel.connect`", sources));
    }
}
