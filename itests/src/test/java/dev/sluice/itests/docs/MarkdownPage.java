// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a page of Markdown links to, and what can be linked to in it. Code is left out. */
record MarkdownPage(Path file, String text) {
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```$|`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\">");

    static MarkdownPage read(Path file) throws IOException {
        return new MarkdownPage(file, Files.readString(file));
    }

    /** The text without fenced blocks and code spans. */
    String prose() {
        return CODE.matcher(text).replaceAll("");
    }

    /** The targets of its links to other files of the repository and to its own headings. */
    List<String> localLinks() {
        return LINK.matcher(prose())
                .results()
                .map(result -> result.group(1))
                .filter(target -> !target.matches("[a-z]+:.*"))
                .toList();
    }

    /** The anchors of its headings, as repository hosts and editors make them, and those that it names itself. */
    Set<String> anchors() {
        Set<String> anchors =
                ANCHOR.matcher(text).results().map(match(1)).collect(Collectors.toCollection(HashSet::new));
        HEADING.matcher(text).results().map(match(1)).map(MarkdownPage::slug).forEach(anchors::add);
        return anchors;
    }

    private static Function<MatchResult, String> match(int group) {
        return result -> result.group(group);
    }

    private static String slug(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .strip()
                .replace(' ', '-');
    }
}
