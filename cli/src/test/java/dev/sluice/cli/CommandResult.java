// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A command that has run in this process, and what came of it. */
record CommandResult(int status, byte[] output, String errors) {

    static CommandResult sluice(String... args) {
        return sluice(InputStream.nullInputStream(), args);
    }

    static CommandResult sluice(byte[] input, String... args) {
        return sluice(new ByteArrayInputStream(input), args);
    }

    static CommandResult sluice(InputStream input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Stdio io = new Stdio(input, new Output(out), new PrintStream(err, true, StandardCharsets.UTF_8), false, false);
        int status = Sluice.execute(io, args);
        return new CommandResult(status, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    String text() {
        return new String(output, StandardCharsets.UTF_8);
    }

    /** How many datagrams the summary of a send counts. */
    int counted() {
        String summary = errors.lines()
                .filter(line -> line.startsWith("sent "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no summary in: " + errors));
        return Integer.parseInt(summary.split(" ")[1]);
    }
}
