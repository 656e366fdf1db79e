// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A line for each argument: the command understands them, or complains in one line of its own and answers with 2. */
class CommandLineFuzzTest {
    private static final int MISUSED = 2;

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final CommandLine command = Sluice.commandLine(new Stdio(
            InputStream.nullInputStream(),
            new Output(OutputStream.nullOutputStream()),
            new PrintStream(errors, true, StandardCharsets.UTF_8),
            false,
            false));

    @FuzzTest
    void argumentsAreUnderstoodOrComplainedAbout(byte[] input) throws Exception {
        String[] arguments = new String(input, StandardCharsets.UTF_8).split("\n");
        errors.reset();
        try {
            command.parseArgs(arguments); // and not execute: that would do it
        } catch (ParameterException e) {
            assertEquals(MISUSED, command.getParameterExceptionHandler().handleParseException(e, arguments));
            String complaint = errors.toString(StandardCharsets.UTF_8);
            assertTrue(complaint.startsWith("sluice: ") && complaint.endsWith("--help')\n"), complaint);
            assertEquals(1, complaint.lines().count(), complaint);
        }
    }
}
