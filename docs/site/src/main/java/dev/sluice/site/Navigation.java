// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What stands around each page: the way to the pages of the guide, in the order of its index, and to the javadoc. */
record Navigation(List<Entry> entries) {
    /** Where the javadoc lies in the site. */
    static final Path JAVADOC = Path.of("apidocs", "index.html");

    private static final Path GUIDE = Path.of("docs", "guide");
    private static final Path INDEX = GUIDE.resolve("README.md");

    /** One way: what it is called, and where it leads in the repository. */
    record Entry(String label, Path place) {}

    static Navigation read(Path repository, boolean javadoc) throws IOException {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry("Sluice", Path.of("README.md")));
        entries.add(new Entry("Guide", INDEX));
        for (Page.Target link : new Page(Files.readString(repository.resolve(INDEX))).links()) {
            Path place = GUIDE.resolve(link.destination()).normalize();
            if (entries.stream().noneMatch(entry -> entry.place().equals(place))) {
                entries.add(new Entry(capitalised(link.label()), place));
            }
        }
        if (javadoc) {
            entries.add(new Entry("Javadoc", JAVADOC));
        }
        return new Navigation(entries);
    }

    private static String capitalised(String label) {
        return label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    /** The pages that it leads to. */
    List<Path> pages() {
        return entries.stream()
                .map(Entry::place)
                .filter(place -> !place.equals(JAVADOC))
                .toList();
    }

    /** A whole page of the site. */
    String around(String title, String body, Function<Path, String> link, String style) {
        StringBuilder ways = new StringBuilder();
        for (Entry entry : entries) {
            ways.append(
                    "<li><a href=\"%s\">%s</a></li>\n".formatted(link.apply(entry.place()), escaped(entry.label())));
        }
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <link rel="stylesheet" href="%s">
                </head>
                <body>
                <nav><ul>
                %s</ul></nav>
                <main>
                %s</main>
                </body>
                </html>
                """
                .formatted(escaped(title.equals("Sluice") ? title : title + " – Sluice"), style, ways, body);
    }
}
