// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
    private static final Path REPOSITORY = Path.of("..", "..");
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

    @TempDir
    Path folder;

    @Test
    void everyLinkOfTheSiteLeadsToAFileAndAnAnchorInIt() throws Exception {
        Files.createDirectories(folder.resolve(Navigation.JAVADOC).getParent());
        Files.writeString(folder.resolve(Navigation.JAVADOC), "");
        Site.write(REPOSITORY, folder);
        List<String> dead = new ArrayList<>();
        List<Path> pages = files(folder, ".html");
        for (Path page : pages) {
            for (String link : links(Files.readString(page))) {
                if (!isAlive(page, link)) {
                    dead.add(folder.relativize(page) + ": " + link);
                }
            }
        }
        assertEquals(List.of(), dead);
        assertTrue(pages.size() > 30, pages::toString);
        for (Path page : files(REPOSITORY.resolve(Path.of("docs", "guide")), ".md")) {
            String name = page.getFileName()
                    .toString()
                    .replace("README.md", "index.md")
                    .replace(".md", ".html");
            assertTrue(Files.exists(folder.resolve(Path.of("docs", "guide", name))), name);
        }
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static List<String> links(String html) {
        Stream<MatchResult> found = LINK.matcher(html).results();
        return found.map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    private static boolean isAlive(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.isRegularFile(target)
                && (parts.length == 1 || Files.readString(target).contains(" id=\"" + parts[1] + "\""));
    }

    @Test
    void aLinkThatLeadsNowhereIsAnError() throws Exception {
        Path repository = folder.resolve("repository");
        Files.createDirectories(repository.resolve(Path.of("docs", "guide")));
        Files.writeString(repository.resolve(Path.of("docs", "guide", "README.md")), "# Guide\n");
        Files.writeString(repository.resolve("README.md"), "# A\n[b](b.md)\n");
        assertThrows(IllegalStateException.class, () -> Site.write(repository, folder.resolve("site")));
        Files.writeString(repository.resolve("b.md"), "# B\n[up](../c.md)\n");
        Files.writeString(folder.resolve("c.md"), "# C\n");
        assertThrows(IllegalStateException.class, () -> Site.write(repository, folder.resolve("site")));
    }

    @Test
    void headingsHaveTheAnchorsOfRepositoryHosts() {
        Page page = new Page("# What `A` is, in short\n## Twice\n## Twice\n");
        assertEquals("What A is, in short", page.title());
        String html = page.html();
        for (String anchor : List.of("what-a-is-in-short", "twice", "twice-1")) {
            assertTrue(html.contains(" id=\"" + anchor + "\""), html);
        }
    }
}
