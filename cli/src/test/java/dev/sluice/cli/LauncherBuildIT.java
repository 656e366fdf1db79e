// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the launcher builds, in a checkout that has nothing but the launcher, with a Maven that is a script. */
class LauncherBuildIT {
    private static final String BUILDING = "sluice: building (only when it is missing or its sources have changed) ...";
    private static final String WAITING = "sluice: waiting for another build ...";

    @TempDir
    private Path folder;

    private Path checkout;

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = Files.createDirectory(folder.resolve("check out"));
        Files.copy(Path.of("..", "sluice"), checkout.resolve("sluice"));
        assertTrue(checkout.resolve("sluice").toFile().setExecutable(true));
        Files.createFile(checkout.resolve("pom.xml"));
        Path lib = Files.createDirectories(checkout.resolve("cli/target/lib"));
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(Path.of("target", "lib"), "{picocli,sluice}-*.jar")) {
            for (Path jar : jars) {
                Files.copy(jar, lib.resolve(jar.getFileName()));
            }
        }
    }

    /** Notes each call, does something more, and makes the jar. */
    private void maven(String more) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path jar = Path.of("target", "sluice.jar").toAbsolutePath();
        String script = "#!/bin/sh\necho call >>'" + folder.resolve("calls") + "'\n" + more + "\ncp '" + jar + "' '"
                + checkout.resolve("cli/target/sluice.jar") + "'\n";
        Files.writeString(bin.resolve("mvn"), script);
        assertTrue(bin.resolve("mvn").toFile().setExecutable(true));
    }

    private CommandProcess launch() throws IOException {
        return CommandProcess.command(
                "env",
                "JAVA_HOME=" + System.getProperty("java.home"),
                "PATH=" + folder.resolve("bin") + ":" + System.getenv("PATH"),
                checkout.resolve("sluice").toString(),
                "--version");
    }

    @Test
    void buildsWhatIsMissing() throws Exception {
        maven("");
        try (CommandProcess launched = launch()) {
            CommandResult ran = launched.end();
            assertEquals(BUILDING, ran.errors());
            assertTrue(ran.text().startsWith("sluice "), ran.text());
            assertEquals(0, ran.status());
        }
    }

    @Test
    void twoOfThemBuildOnce() throws Exception {
        Path go = folder.resolve("go");
        maven("mkfifo '" + go + "'; read answer <'" + go + "'");
        try (CommandProcess one = launch()) {
            assertEquals(BUILDING, one.nextError());
            try (CommandProcess other = launch()) {
                assertEquals(WAITING, other.nextError());
                try (CommandProcess unblock = CommandProcess.command(
                        "sh", "-c", "while ! [ -p \"$0\" ]; do sleep 0.1; done; echo >\"$0\"", go.toString())) {
                    assertEquals(0, unblock.end().status());
                }
                assertEquals(0, one.end().status());
                CommandResult ran = other.end();
                assertEquals("", ran.errors());
                assertEquals(0, ran.status());
                assertEquals("call\n", Files.readString(folder.resolve("calls")));
            }
        }
    }

    /** The lock goes with the process: a build that was killed is not waited for. */
    @Test
    void aBuildThatWasKilledIsNotWaitedFor() throws Exception {
        maven("kill -KILL $PPID; exit 1");
        try (CommandProcess killed = launch()) {
            killed.end();
        }
        maven("");
        try (CommandProcess launched = launch()) {
            CommandResult ran = launched.end();
            assertEquals(BUILDING, ran.errors());
            assertEquals(0, ran.status());
        }
    }

    @Test
    void aLockThatCannotBeMadeIsOneLine() throws Exception {
        maven("");
        Files.createDirectories(checkout.resolve("target/sluice.lock")); // no file can be made there, by root neither
        assertOneLine("sluice: it has to be built first, and " + checkout + "/target can't be written");
    }

    @Test
    void aFolderThatCannotBeMadeIsOneLine() throws Exception {
        maven("");
        Files.createFile(checkout.resolve("target"));
        assertOneLine("sluice: it has to be built first, and " + checkout + "/target can't be written");
    }

    @Test
    void aBuildThatFailsIsToldWithItsLog() throws Exception {
        maven("echo the reason; exit 1");
        assertOneLine(BUILDING + "\nthe reason\nsluice: the build failed, see above");
    }

    private void assertOneLine(String errors) throws Exception {
        try (CommandProcess launched = launch()) {
            CommandResult ran = launched.end();
            assertEquals(errors, ran.errors());
            assertEquals(1, ran.status());
            assertEquals("", ran.text());
        }
    }
}
