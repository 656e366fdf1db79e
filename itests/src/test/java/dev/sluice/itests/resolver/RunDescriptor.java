// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.resolver;

import static org.junit.jupiter.api.Assertions.assertTrue;

import aQute.bnd.build.Workspace;
import aQute.bnd.build.model.clauses.VersionedClause;
import aQute.bnd.repository.fileset.FileSetRepository;
import biz.aQute.resolve.Bndrun;
import biz.aQute.resolve.RunResolution;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A run descriptor of bnd's, which says what an application needs; the resolver adds the rest from a repository of jars. */
public final class RunDescriptor {
    /** A framework too, which starts by itself: not to be chosen. */
    private static final String LAUNCHER = "org.apache.felix.main";

    private final Path folder;
    private final int javaVersion;

    /** For a version of Java that need not be the one that runs this. */
    RunDescriptor(Path folder, int javaVersion) {
        this.folder = folder;
        this.javaVersion = javaVersion;
    }

    /** The symbolic names of the bundles to run, which bnd finds among all jars but those named. */
    Set<String> resolve(String requirements, String... without) throws Exception {
        Path descriptor = Files.writeString(
                folder.resolve("application.bndrun"),
                """
                -standalone:
                -runfw: org.apache.felix.framework
                -runee: JavaSE-%d
                -resolve.effective: active
                -runsystemcapabilities: ${native_capability}
                -runrequires: %s
                """
                        .formatted(javaVersion, requirements));
        try (Bndrun run = Bndrun.createBndrun(null, descriptor.toFile())) {
            Workspace workspace = run.getWorkspace();
            FileSetRepository repository = new FileSetRepository("jars", jars(Set.of(without)));
            workspace.addBasicPlugin(repository);
            assertTrue(repository.list(null).size() > 0); // it is read now
            RunResolution resolution = RunResolution.resolve(run, run, List.of());
            assertTrue(resolution.isOK(), () -> resolution.report(false) + resolution.exception);
            return resolution.getRunBundles().stream()
                    .map(VersionedClause::getName)
                    .collect(Collectors.toSet());
        }
    }

    /** The bundles to run of a descriptor that is a file; the application that it names is a bundle, too. */
    public static List<Path> bundles(Path descriptor, Path application) throws Exception {
        try (Bndrun run = Bndrun.createBndrun(null, descriptor.toFile())) {
            List<File> jars = jars(Set.of());
            jars.add(application.toFile());
            FileSetRepository repository = new FileSetRepository("jars", jars);
            run.getWorkspace().addBasicPlugin(repository);
            assertTrue(repository.list(null).size() > 0); // it is read now
            RunResolution resolution = RunResolution.resolve(run, run, List.of());
            assertTrue(resolution.isOK(), () -> resolution.report(false) + resolution.exception);
            run.setProperty("-runbundles", resolution.getRunBundlesAsString());
            return run.getRunbundles().stream()
                    .map(bundle -> bundle.getFile().toPath())
                    .toList();
        }
    }

    private static List<File> jars(Set<String> without) throws IOException {
        List<File> jars = new ArrayList<>();
        jars.add(new File(System.getProperty("sluice.itests.consumer")));
        try (DirectoryStream<Path> all =
                Files.newDirectoryStream(Path.of(System.getProperty("sluice.itests.bundles")), "*.jar")) {
            for (Path jar : all) {
                String name = jar.getFileName().toString().replace(".jar", "");
                if (!without.contains(name) && !name.equals(LAUNCHER)) {
                    jars.add(jar.toFile());
                }
            }
        }
        return jars;
    }
}
