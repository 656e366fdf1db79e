// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A JVM of its own, that lacks something. */
final class JavaProcess {
    private final List<Path> classPath;
    private final List<String> wrapper = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    JavaProcess(List<Path> classPath) {
        this.classPath = classPath;
    }

    JavaProcess with(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /** Runs it by another command, which gets Java's as its last arguments. */
    JavaProcess under(String... command) {
        wrapper.addAll(List.of(command));
        return this;
    }

    JavaProcess environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** What its main class prints. */
    String output(Class<?> main) throws Exception {
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                main.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        return output;
    }

    /** Compiles a C file. */
    static Path compiled(String source, String target, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("gcc", "-Wall", "-Werror", "-O1", "-o", target, source));
        command.addAll(List.of(options));
        Process gcc = new ProcessBuilder(command).inheritIO().start();
        assertTrue(gcc.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, gcc.exitValue());
        return Path.of(target);
    }
}
