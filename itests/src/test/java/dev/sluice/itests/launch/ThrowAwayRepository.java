// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Maven repository as a third party's would be after Sluice was installed: the packaged jars and the POMs of this build.
 * Everything else is copied, when it is needed, from the user's own repository, which takes the place of every remote one.
 * There are no links to it: what clears this folder must not be able to clear that one.
 */
record ThrowAwayRepository(Path folder, Path settings) {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String VERSION = System.getProperty("sluice.itests.version");

    static ThrowAwayRepository create(Path work) throws IOException {
        Path folder = Files.createDirectories(work.resolve("repository").toAbsolutePath());
        Path settings = Files.writeString(
                work.resolve("settings.xml").toAbsolutePath(),
                """
                <settings>
                    <mirrors>
                        <mirror>
                            <id>user</id>
                            <mirrorOf>*</mirrorOf>
                            <url>%s</url>
                        </mirror>
                    </mirrors>
                </settings>
                """
                        .formatted(Path.of(System.getProperty("sluice.itests.repository"))
                                .toUri()));
        ThrowAwayRepository repository = new ThrowAwayRepository(folder, settings);
        Files.copy(ROOT.resolve("pom.xml"), repository.place("sluice-parent", "pom"));
        return repository;
    }

    /** Adds one module of this build. */
    void add(String module) throws IOException {
        addPom(module);
        String artifact = artifact(module);
        Files.copy(Jars.jar(artifact), place(artifact, "jar"));
    }

    /** Adds a module that has no jar. */
    void addPom(String module) throws IOException {
        Files.copy(ROOT.resolve(Path.of(module, "pom.xml")), place(artifact(module), "pom"));
    }

    /** Of a module, which is named by its folder. */
    private static String artifact(String module) {
        return "sluice-" + Path.of(module).getFileName();
    }

    private Path place(String artifact, String type) throws IOException {
        Path place = folder.resolve(Path.of("dev", "sluice", artifact, VERSION));
        Files.createDirectories(place);
        return place.resolve(artifact + "-" + VERSION + "." + type);
    }

    /** Runs Maven with this repository and no other. */
    Outcome maven(Path pom, String goal) throws IOException, InterruptedException {
        return Outcome.of(
                Path.of(System.getProperty("sluice.itests.maven")),
                List.of(
                        "-B",
                        "-ntp",
                        "--settings=" + settings,
                        "--global-settings=" + settings,
                        "-Dmaven.repo.local=" + folder,
                        "--file=" + pom,
                        goal));
    }
}
