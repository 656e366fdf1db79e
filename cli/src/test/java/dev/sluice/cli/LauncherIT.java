// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher at the repository's root, with the jars that this build has packaged. */
class LauncherIT {
    private static final int MOST_SECONDS = 120;
    private static final String OLD_JAVA = "JAVA_VERSION=\"11.0.2\"\n";

    private final Path launcher = Path.of("..", "sluice").toAbsolutePath().normalize();

    @TempDir
    private Path elsewhere;

    /** JUnit would warn of each that leads out of the folder. */
    @AfterEach
    void deleteSymbolicLinks() throws IOException {
        try (Stream<Path> files = Files.walk(elsewhere)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    @Test
    void demoRunsFromAnywhereAndThroughSymbolicLinks() throws Exception {
        Path bin = Files.createDirectory(elsewhere.resolve("bin dir"));
        Files.createSymbolicLink(bin.resolve("first"), launcher);
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), Path.of("bin dir", "first"));
        CommandResult ran = launch(Map.of(), link.toString(), "demo");
        assertEquals(0, ran.status(), ran.errors());
        assertTrue(ran.text().contains("27,310"), ran.text());
        assertTrue(ran.text().lines().skip(1).allMatch(line -> line.contains(" yes ")), ran.text());
        assertTrue(ran.errors().contains("nio: 27,310 of 27,310 datagrams, 100 %"), ran.errors());
        assertTrue(ran.errors().lines().noneMatch(line -> line.contains("WARNING")), ran.errors());
    }

    @Test
    void versionIsThatOfTheJar() throws Exception {
        assertTrue(launch(Map.of(), launcher.toString(), "--version").text().matches("sluice \\d+\\.\\d+\\.\\d+.*\\R"));
    }

    @Test
    void statusAndArgumentsArePassedOn() throws Exception {
        CommandResult ran =
                launch(Map.of(), launcher.toString(), "send", "--to", "two.. words:9"); // no server is asked
        assertEquals("sluice: unknown host 'two.. words'\n", ran.errors());
        assertEquals(1, ran.status());
        assertEquals(2, launch(Map.of(), launcher.toString(), "nonsense").status());
    }

    @Test
    void aClosedStandardInputIsAnEmptyOne() throws Exception {
        try (DatagramSocket sink = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String command = launcher + " send --to 127.0.0.1:" + sink.getLocalPort() + " <&-";
            CommandResult ran = launch(Map.of(), "sh", "-c", command);
            assertTrue(ran.errors().startsWith("sent 0 of 0 datagrams"), ran.errors());
            assertEquals(0, ran.status());
        }
    }

    /** A terminal is made by script(1) of util-linux. */
    @Test
    void helpIsAsWideAsTheTerminal() throws Exception {
        String command = "stty cols 60 && exec " + launcher + " send --help";
        CommandResult ran = launch(
                Map.of(),
                "sh",
                "-c",
                "command -v script >/dev/null || exit 77; exec script -qec '" + command + "' /dev/null");
        assumeTrue(ran.status() != 77, "needs script(1) (Debian: bsdutils)");
        assertEquals(0, ran.status(), ran.text());
        int widest = ran.text()
                .lines()
                .filter(line -> !line.startsWith("  sluice "))
                .mapToInt(String::length)
                .max()
                .orElseThrow();
        assertTrue(widest > 50 && widest <= 60, ran.text());
    }

    @Test
    void aJavaHomeWithoutJavaIsOneLine() throws Exception {
        CommandResult ran = launch(Map.of("JAVA_HOME", elsewhere.toString()), launcher.toString(), "providers");
        assertEquals(1, ran.status());
        assertEquals("sluice: JAVA_HOME is " + elsewhere + ", but there is no bin/java in it\n", ran.errors());
    }

    @Test
    void anOldJavaIsOneLine() throws Exception {
        Path java = Files.createDirectory(elsewhere.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexit 1\n");
        assertTrue(java.toFile().setExecutable(true));
        Files.writeString(elsewhere.resolve("release"), OLD_JAVA);
        CommandResult ran = launch(Map.of("JAVA_HOME", elsewhere.toString()), launcher.toString(), "providers");
        assertEquals(1, ran.status());
        assertEquals("sluice: Java 17 or later is needed; " + java + " is version 11\n", ran.errors());
    }

    @Test
    void noJavaAtAllIsOneLine() throws Exception {
        for (String tool : List.of("readlink", "dirname")) {
            Path real = Path.of("/usr/bin", tool);
            Files.createSymbolicLink(elsewhere.resolve(tool), real);
        }
        CommandResult ran =
                launch(Map.of("PATH", elsewhere.toString(), "JAVA_HOME", ""), launcher.toString(), "providers");
        assertEquals(1, ran.status());
        assertEquals(1, ran.errors().lines().count(), ran.errors());
        assertTrue(ran.errors().startsWith("sluice: Java 17 or later is needed"), ran.errors());
    }

    private CommandResult launch(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path out = elsewhere.resolve("out");
        Path err = elsewhere.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(elsewhere.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        assertTrue(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS), "it does not end");
        return new CommandResult(
                process.exitValue(), Files.readAllBytes(out), Files.readString(err, StandardCharsets.UTF_8));
    }
}
