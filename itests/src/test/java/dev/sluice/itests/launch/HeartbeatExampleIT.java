// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import dev.sluice.itests.resolver.RunDescriptor;
import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** examples/osgi: its run descriptor is resolved, and the distribution of Felix that comes out sends heartbeats. */
class HeartbeatExampleIT {
    private static final Example EXAMPLE = Example.named("osgi");
    private static final String NAME = "com.example.heartbeat";

    @TempDir
    Path folder;

    @Test
    void V1_theDistributionSendsByEpoll() throws Exception {
        Path distribution = distribution();
        Path errors = folder.resolve("errors");
        try (Listener listener = new Listener()) {
            Process felix = new ProcessBuilder(
                            Outcome.jdk("java").toString(),
                            "-Dheartbeat.port=" + listener.port(),
                            "-jar",
                            "bin/felix.jar")
                    .directory(distribution.toFile())
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(errors.toFile())
                    .start();
            try {
                listener.assertReceives("alive by epoll", "alive by epoll");
            } finally {
                felix.destroy();
                assertTrue(felix.waitFor(Outcome.PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            String told = Files.readString(errors).replaceAll("(?m)^WARNING: .*$", ""); // by Java 24 and later
            assertEquals("", told.strip());
        }
    }

    /** As the POM of the example assembles it. */
    private Path distribution() throws Exception {
        Path distribution = folder.resolve("heartbeat");
        for (String name : List.of("bin", "bundle", "conf")) {
            Files.createDirectories(distribution.resolve(name));
        }
        Path launcher = Path.of(System.getProperty("sluice.itests.bundles"), "org.apache.felix.main.jar");
        Files.copy(launcher, distribution.resolve(Path.of("bin", "felix.jar")));
        Path configuration = Path.of("conf", "config.properties");
        Files.copy(EXAMPLE.file(configuration.toString()), distribution.resolve(configuration));
        Path descriptor = Files.copy(EXAMPLE.file("heartbeat.bndrun"), folder.resolve("heartbeat.bndrun"));
        for (Path bundle : RunDescriptor.bundles(descriptor, application())) {
            Files.copy(bundle, distribution.resolve("bundle").resolve(bundle.getFileName()));
        }
        return distribution;
    }

    private Path application() throws Exception {
        Path classes = EXAMPLE.compile(folder, "-cp", System.getProperty("java.class.path"));
        Path jar = folder.resolve(NAME + ".jar");
        try (Builder builder = new Builder()) {
            builder.setBundleSymbolicName(NAME);
            builder.setBundleVersion("1.0.0");
            builder.setPrivatePackage(NAME);
            builder.setClasspath(new File[] {classes.toFile(), new File(Jars.API)});
            try (Jar bundle = builder.build()) {
                assertTrue(builder.isOk(), () -> builder.getErrors().toString() + builder.getWarnings());
                bundle.write(jar.toFile());
            }
        }
        return jar;
    }
}
