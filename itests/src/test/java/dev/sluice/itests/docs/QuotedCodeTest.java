// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README and other pages show as code is code that other tests here compile and run. */
class QuotedCodeTest {
    @Test
    void quotedCodeIsTheCode() throws Exception {
        assertTrue(Files.exists(Repository.ROOT.resolve("README.md")), "README.md is at the top level");
        for (Path page : Repository.files(".md")) {
            for (QuotedCode quote : QuotedCode.in(Files.readAllLines(page))) {
                assertEquals(
                        String.join("\n", quote.source(Repository.ROOT)),
                        String.join("\n", quote.lines()),
                        () -> Repository.name(page) + " differs from " + quote.path() + "#" + quote.region());
            }
        }
    }

    @Test
    void regionsOfXmlAndWholeFilesAreFoundToo(@TempDir Path root) throws Exception {
        Files.write(root.resolve("a.xml"), List.of("<!-- region a -->", "<a/>", "<!-- endregion -->"));
        List<String> page =
                List.of("<!-- source: a.xml#a -->", "```", "<a/>", "```", "<!-- source: a.xml -->", "```", "x", "```");
        List<QuotedCode> quotes = QuotedCode.in(page);
        assertEquals(List.of("<a/>"), quotes.get(0).source(root));
        assertEquals(3, quotes.get(1).source(root).size());
    }

    @Test
    void regionIsFoundAndItsIndentationTakenOff(@TempDir Path root) throws Exception {
        Files.write(
                root.resolve("A.java"),
                List.of(
                        "class A {",
                        "    // region a",
                        "    int a;",
                        "",
                        "    {",
                        "        a = 1;",
                        "    }",
                        "    // endregion",
                        "}"));
        List<String> page =
                List.of("text", "<!-- source: A.java#a -->", "```java", "int a;", "```", "more", "```", "```");
        List<QuotedCode> quotes = QuotedCode.in(page);
        assertEquals(List.of(new QuotedCode("A.java", "a", List.of("int a;"))), quotes);
        assertEquals(
                List.of("int a;", "", "{", "    a = 1;", "}"), quotes.get(0).source(root));
        QuotedCode elsewhere = new QuotedCode("A.java", "b", List.of());
        assertThrows(IllegalArgumentException.class, () -> elsewhere.source(root));
    }

    @Test
    void claimWithoutABlockIsAnError() {
        List<String> noBlock = List.of("<!-- source: A.java#a -->", "", "```java", "```");
        assertThrows(IllegalArgumentException.class, () -> QuotedCode.in(noBlock));
        List<String> noEnd = List.of("<!-- source: A.java#a -->", "```java", "int a;");
        assertThrows(IllegalArgumentException.class, () -> QuotedCode.in(noEnd));
    }
}
