// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How a child process ended. */
record Outcome(List<String> command, int status, String output, String errors) {
    /** A bound on waiting that no test depends on. */
    static final int PATIENCE_SECONDS = 600;

    /** Runs a program of this JDK or of an image to its end. */
    static Outcome of(Path program, List<String> arguments) throws IOException, InterruptedException {
        return of(program, arguments, Redirect.PIPE);
    }

    /** Runs a program that reads its standard input. */
    static Outcome of(Path program, List<String> arguments, Redirect input) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(arguments);
        Path output = Files.createTempFile("sluice", ".out");
        Path errors = Files.createTempFile("sluice", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(input)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    fail(command + " does not end");
                }
            } finally {
                process.destroyForcibly();
            }
            return new Outcome(command, process.exitValue(), Files.readString(output), Files.readString(errors));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    /** Runs {@code java} of this test's JDK. */
    static Outcome java(List<String> arguments) throws IOException, InterruptedException {
        return of(jdk("java"), arguments);
    }

    static Path jdk(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program);
    }

    Outcome assertSuccess() {
        assertEquals(0, status, this::toString);
        return this;
    }

    void assertFailure(String... mentioned) {
        assertEquals(1, status, this::toString);
        for (String part : mentioned) {
            assertTrue(errors.contains(part), () -> this + " does not mention <" + part + ">");
        }
    }

    @Override
    public String toString() {
        return command + " ended with " + status + "\n" + output + "\n" + errors;
    }
}
