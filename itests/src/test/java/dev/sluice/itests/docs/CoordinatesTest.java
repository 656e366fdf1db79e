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
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The Maven coordinates that the pages show are those of this build. */
class CoordinatesTest {
    private static final Pattern COORDINATES = Pattern.compile(
            "<groupId>dev\\.sluice</groupId>\\s*<artifactId>([^<]+)</artifactId>(?:\\s*<version>([^<]+)</version>)?");
    private static final Pattern NAME = Pattern.compile("`(sluice-[a-z-]+)`");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(sluice-[^<]+)</artifactId>");

    @Test
    void artifactsAndVersionsAreThoseOfThisBuild() throws Exception {
        Set<String> artifacts = artifacts();
        Matcher own = COORDINATES.matcher(Files.readString(Repository.ROOT.resolve("pom.xml")));
        assertTrue(own.find());
        String version = own.group(2);
        List<String> wrong = new ArrayList<>();
        for (Path file : Repository.files(".md")) {
            String page = Files.readString(file);
            COORDINATES
                    .matcher(page)
                    .results()
                    .filter(shown -> !artifacts.contains(shown.group(1))
                            || shown.group(2) != null && !shown.group(2).equals(version))
                    .forEach(shown -> wrong.add(Repository.name(file) + ": " + shown.group()));
            NAME.matcher(page)
                    .results()
                    .map(shown -> shown.group(1))
                    .filter(name -> !artifacts.contains(name))
                    .forEach(name -> wrong.add(Repository.name(file) + ": " + name));
        }
        assertEquals(List.of(), wrong, "not an artifact of this build, or not its version, " + version);
    }

    /** Every module names its parent before itself. */
    private static Set<String> artifacts() throws Exception {
        List<MatchResult> found = new ArrayList<>();
        for (Path pom : Repository.files("pom.xml")) {
            ARTIFACT.matcher(Files.readString(pom)).results().limit(2).forEach(found::add);
        }
        return found.stream().map(artifact -> artifact.group(1)).collect(Collectors.toSet());
    }
}
