// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.spi.ToolProvider;

/** The JDK's tools, which work inside this process. */
final class JdkTool {
    private JdkTool() {}

    /** Runs one that has to succeed. */
    static void run(String tool, String... arguments) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        int status = ToolProvider.findFirst(tool).orElseThrow().run(out, out, arguments);
        assertEquals(0, status, () -> tool + " " + List.of(arguments) + "\n" + text);
    }
}
