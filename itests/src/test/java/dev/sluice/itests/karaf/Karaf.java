// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.karaf;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Karaf from its distribution, in a process of its own that is told commands. It has no repository but its own folder
 * {@code system}, to which the build has added this project's artifacts.
 */
final class Karaf implements AutoCloseable {
    private static final Path HOME = Path.of(System.getProperty("sluice.itests.karaf"));
    private static final int PATIENCE_SECONDS = 600;

    private final Process process;
    private final Writer commands;
    private final BufferedReader output;
    private int answers;

    Karaf(Path work, Map<String, String> properties) throws IOException {
        Path etc = copy(HOME.resolve("etc"), work.resolve("etc"));
        Files.writeString(
                etc.resolve("org.apache.karaf.features.cfg"),
                """
                featuresRepositories = mvn:org.apache.karaf.features/framework/%1$s/xml/features,\
                mvn:org.apache.karaf.features/standard/%1$s/xml/features
                featuresBoot = framework/%1$s, feature/%1$s, shell/%1$s, bundle/%1$s
                autoRefresh = true
                """
                        .formatted(System.getProperty("sluice.itests.karaf.version")));
        Files.writeString(
                etc.resolve("org.ops4j.pax.url.mvn.cfg"),
                """
                org.ops4j.pax.url.mvn.defaultRepositories=${karaf.home.uri}${karaf.default.repository}@id=system@snapshots
                org.ops4j.pax.url.mvn.repositories=
                org.ops4j.pax.url.mvn.localRepository=${karaf.data}/maven
                """);
        Path data = Files.createDirectory(work.resolve("data"));
        ProcessBuilder builder = new ProcessBuilder(HOME.resolve("bin/karaf").toString());
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("KARAF_EXEC", "exec"); // so that the process is Java's, and not a shell's
        environment.put("KARAF_ETC", etc.toString());
        environment.put("KARAF_DATA", data.toString());
        environment.put(
                "EXTRA_JAVA_OPTS",
                String.join(
                        " ",
                        properties.entrySet().stream()
                                .map(property -> "-D" + property.getKey() + "=" + property.getValue())
                                .toList()));
        process = builder.redirectErrorStream(true).start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    /** Runs commands of Karaf's shell, and waits for what they print. */
    List<String> run(String... lines) throws IOException {
        String end = "answered-" + ++answers;
        for (String line : lines) {
            commands.write(line + "\n");
        }
        // What is printed differs from what is typed, which is printed, too.
        commands.write("echo '" + end.replace("-", "'-'") + "'\n");
        commands.flush();
        List<String> printed = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(end)) {
                return printed;
            }
            printed.add(line);
        }
        return fail("Karaf ended: " + String.join("\n", printed));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } finally {
            process.destroyForcibly();
            output.close();
        }
    }
}
