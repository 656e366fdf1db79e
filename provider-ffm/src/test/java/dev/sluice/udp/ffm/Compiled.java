// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs in C (src/test/c), and JVMs that something is refused. */
final class Compiled {
    private static final String NO_COMPILER = "needs gcc and the C library's headers (Debian: gcc, libc6-dev)";
    private static final int MOST_SECONDS = 120;

    private Compiled() {}

    /** Compiles a program, where there is a compiler. */
    static String program(String name) throws Exception {
        boolean hasCompiler = Files.exists(Path.of("/usr/bin/gcc")) && Files.exists(Path.of("/usr/include/stdio.h"));
        assertTrue(hasCompiler || !"true".equals(System.getenv("CI")), NO_COMPILER);
        assumeTrue(hasCompiler, NO_COMPILER);
        Path program = Path.of("target", name).toAbsolutePath();
        output(List.of(
                "gcc", "-O1", "-Wall", "-Wextra", "-Werror", "-o", program.toString(), "src/test/c/" + name + ".c"));
        return program.toString();
    }

    /** Runs a main class in a JVM of its own, and says what it prints. */
    static String java(List<String> prefix, List<String> options, Class<?> main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return output(command);
    }

    static String output(List<String> command) throws Exception {
        File errors = File.createTempFile("sluice", ".txt");
        try {
            Process process = new ProcessBuilder(command).redirectError(errors).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertTrue(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS), command::toString);
            assertEquals(0, process.exitValue(), () -> command + "\n" + output + "\n" + read(errors));
            return output;
        } finally {
            errors.delete();
        }
    }

    private static String read(File file) {
        try {
            return Files.readString(file.toPath());
        } catch (IOException e) {
            return e.toString();
        }
    }
}
