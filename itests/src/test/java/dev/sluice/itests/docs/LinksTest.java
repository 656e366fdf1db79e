// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every link between the pages of the repository leads somewhere. */
class LinksTest {
    @Test
    void linksLeadToFilesAndHeadings() throws Exception {
        List<String> broken = new ArrayList<>();
        for (Path file : Repository.files(".md")) {
            MarkdownPage page = MarkdownPage.read(file);
            for (String link : page.localLinks()) {
                if (!leadsSomewhere(page, link)) {
                    broken.add(Repository.name(file) + ": " + link);
                }
            }
        }
        assertEquals(List.of(), broken, "links to files or headings that don't exist");
    }

    private static boolean leadsSomewhere(MarkdownPage page, String link) throws Exception {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]);
        if (!Files.exists(target)) {
            return false;
        }
        return parts.length == 1 || MarkdownPage.read(target).anchors().contains(parts[1]);
    }

    @Test
    void codeHasNoLinks() {
        MarkdownPage page = new MarkdownPage(Path.of("a.md"), "`[a](b)` [c](d#e)\n```\n[f](g)\n```\n[h](https://i)");
        assertEquals(List.of("d#e"), page.localLinks());
    }

    @Test
    void headingsAreAnchors() {
        MarkdownPage page = new MarkdownPage(Path.of("a.md"), "# What `A` is, in short\n<a id=\"b\"></a>\n### V2a");
        assertEquals(Set.of("what-a-is-in-short", "b", "v2a"), page.anchors());
    }
}
