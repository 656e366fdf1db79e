// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of the folder {@code examples} that has been built by its own POM, {@code mvn package}, as its README says. */
record ExampleBuild(Path jar) {
    private static final Path WORK = Path.of("target", "examples");

    private static ThrowAwayRepository repository;

    /** Builds a copy of it, and compiles it once more with all warnings. */
    static ExampleBuild of(String name) throws IOException, InterruptedException {
        ThrowAwayRepository maven = repository();
        Path project = WORK.resolve(name);
        Example example = Example.named(name);
        Folders.copyProject(example.folder(), project);
        maven.maven(project.resolve("pom.xml"), "package").assertSuccess();
        Path jar = project.resolve(Path.of("target", "lib", name + "-1.0.0.jar"));
        example.compile(project, "-cp", jar.toString()); // whose manifest names the others
        return new ExampleBuild(jar);
    }

    /** One for all of them, since what it copies from the user's takes longer than a build. */
    private static synchronized ThrowAwayRepository repository() throws IOException {
        if (repository == null) {
            Folders.delete(WORK);
            ThrowAwayRepository made = ThrowAwayRepository.create(Files.createDirectories(WORK));
            made.addPom("bom");
            for (String module : List.of("api", "spi", "provider-nio", "adapters/async", "endive")) {
                made.add(module);
            }
            repository = made;
        }
        return repository;
    }

    Outcome run(String... arguments) throws IOException, InterruptedException {
        return run(Redirect.PIPE, arguments);
    }

    Outcome run(Redirect input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return Outcome.of(Outcome.jdk("java"), command, input);
    }
}
