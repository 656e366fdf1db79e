// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a person reads on standard error. */
class StdioTest {
    @Test
    void aComplaintIsOneLineWhateverItQuotes() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Stdio io = new Stdio(
                InputStream.nullInputStream(),
                new Output(OutputStream.nullOutputStream()),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        io.complain("unknown command 'd\rmo\u001b[2J\n'");
        assertEquals("sluice: unknown command 'd?mo?[2J?'\n", err.toString(StandardCharsets.UTF_8));
    }
}
