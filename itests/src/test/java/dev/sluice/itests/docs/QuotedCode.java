package dev.sluice.itests.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a Markdown page that claims to come from a file that is compiled: a comment
 * {@code <!-- source: path#region -->} stands on the line before it. In the file the region lies between comments
 * {@code // region name} and {@code // endregion}.
 */
record QuotedCode(String path, String region, List<String> lines) {
    private static final Pattern CLAIM = Pattern.compile("<!-- source: (\\S+)#(\\S+) -->");

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
            quotes.add(new QuotedCode(claim.group(1), claim.group(2), List.copyOf(block.subList(0, end))));
        }
        return quotes;
    }

    /** What the block should be: the region, without the indentation that all its lines share. */
    List<String> source(Path root) throws IOException {
        List<String> file = Files.readAllLines(root.resolve(path));
        int start = stripped(file).indexOf("// region " + region);
        if (start < 0) {
            throw new IllegalArgumentException(path + " has no region " + region);
        }
        List<String> rest = file.subList(start + 1, file.size());
        List<String> lines = rest.subList(0, stripped(rest).indexOf("// endregion"));
        return String.join("\n", lines).stripIndent().lines().toList();
    }

    private static List<String> stripped(List<String> lines) {
        return lines.stream().map(String::strip).toList();
    }
}
