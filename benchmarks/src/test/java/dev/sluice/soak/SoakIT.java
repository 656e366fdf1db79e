// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Half a minute of {@code benchmarks/soak}. */
class SoakIT {
    private static final int MOST_MINUTES = 6;
    private static final int MISUSED = 2;

    @Test
    void halfAMinuteIsExact() throws Exception {
        assumeTrue(
                "true".equals(System.getenv("CI")) || canMakeNamespaces(), "needs Linux and root: network namespaces");
        Path log = Path.of("target", "soak.log");
        assertEquals(0, soak(log, "0.5"), () -> text(log));
        String report = Files.readString(Path.of("target", "soak.md"));
        assertTrue(report.contains("Every account was exact."), report);
        assertTrue(Files.readString(Path.of("target", "soak.svg")).endsWith("</svg>\n"));
    }

    @Test
    void aWrongArgumentIsOneLine() throws Exception {
        assumeTrue("true".equals(System.getenv("CI")) || canMakeNamespaces(), "needs Linux and root");
        Path log = Path.of("target", "soak-misused.log");
        assertEquals(MISUSED, soak(log, "for-ever"), () -> text(log));
        assertEquals("soak: for-ever: a number of minutes is needed, above 0 and at most a week\n", text(log));
    }

    private static int soak(Path log, String... arguments) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("./soak").redirectErrorStream(true).redirectOutput(log.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("SLUICE_BUILT", "1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertTrue(ended, () -> "it does not end:\n" + text(log));
        return process.exitValue();
    }

    private static boolean canMakeNamespaces() throws Exception {
        try {
            return new ProcessBuilder("unshare", "--net", "true").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
