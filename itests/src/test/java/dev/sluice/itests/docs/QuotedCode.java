// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a Markdown page that claims to come from a file that is built: a comment
 * {@code <!-- source: path#region -->}, or for a whole file {@code <!-- source: path -->}, stands on the line before it. In
 * the file the region lies between comments {@code // region name} and {@code // endregion}, or those of XML.
 */
record QuotedCode(String path, String region, List<String> lines) {
    private static final Pattern CLAIM = Pattern.compile("<!-- source: ([^\\s#]+)(?:#(\\S+))? -->");

    /** The region that is the whole file. */
    private static final String ALL = "";

    /** All blocks of a page that make the claim. */
    static List<QuotedCode> in(List<String> page) {
        List<QuotedCode> quotes = new ArrayList<>();
        for (int i = 0; i < page.size(); i++) {
            Matcher claim = CLAIM.matcher(page.get(i).strip());
            if (!claim.matches()) {
                continue;
            }
            if (i + 1 == page.size() || !page.get(i + 1).startsWith("```")) {
                throw new IllegalArgumentException("no fenced block follows " + page.get(i));
            }
            List<String> block = page.subList(i + 2, page.size());
            int end = block.indexOf("```");
            if (end < 0) {
                throw new IllegalArgumentException("the block after " + page.get(i) + " does not end");
            }
            String region = claim.group(2) == null ? ALL : claim.group(2);
            quotes.add(new QuotedCode(claim.group(1), region, List.copyOf(block.subList(0, end))));
        }
        return quotes;
    }

    /** What the block should be: the region, without the indentation that all its lines share. */
    List<String> source(Path root) throws IOException {
        List<String> file = Files.readAllLines(root.resolve(path));
        if (region.equals(ALL)) {
            return file;
        }
        int start = stripped(file).indexOf("region " + region);
        if (start < 0) {
            throw new IllegalArgumentException(path + " has no region " + region);
        }
        List<String> rest = file.subList(start + 1, file.size());
        List<String> lines = rest.subList(0, stripped(rest).indexOf("endregion"));
        return String.join("\n", lines).stripIndent().lines().toList();
    }

    /** Without indentation and the signs of a comment. */
    private static List<String> stripped(List<String> lines) {
        return lines.stream()
                .map(line -> line.strip().replaceAll("^(?://|<!--) *| *-->$", ""))
                .toList();
    }
}
