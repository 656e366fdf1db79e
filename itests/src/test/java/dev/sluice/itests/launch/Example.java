// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A program of the folder {@code examples}, which these tests build against the packaged jars, without Maven. */
record Example(Path folder) {
    static Example named(String name) {
        return new Example(Path.of("..", "examples", name));
    }

    /** A file of the example. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** Compiles all its sources, with all warnings, and returns the folder that the classes are in. */
    Path compile(Path work, String... options) throws IOException {
        Path classes = work.resolve("classes");
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-Xlint:all", "-Werror"));
        arguments.addAll(List.of("-d", classes.toString()));
        arguments.addAll(List.of(options));
        try (Stream<Path> files = Files.walk(folder.resolve(Path.of("src", "main", "java")))) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        JdkTool.run("javac", arguments.toArray(String[]::new));
        return classes;
    }
}
