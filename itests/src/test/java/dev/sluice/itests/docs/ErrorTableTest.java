// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.udp.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guide's table of errors has every code, in order. */
class ErrorTableTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");

    @Test
    void everyCodeHasARow() throws Exception {
        String page = Files.readString(Repository.ROOT.resolve(Path.of("docs", "guide", "errors.md")));
        List<String> rows = ROW.matcher(page).results().map(row -> row.group(1)).toList();
        assertEquals(Stream.of(ErrorCode.values()).map(ErrorCode::witName).toList(), rows);
    }
}
