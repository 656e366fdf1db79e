// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** examples/statsd: its image runs a command and sends two metrics of it. */
class StatsdExampleIT {
    private static final String MODULE = "com.example.statsd";

    @TempDir
    static Path folder;

    private static String classes;

    @BeforeAll
    static void compile() throws Exception {
        classes = Example.named("statsd")
                .compile(folder, "--module-path", Jars.API)
                .toString();
    }

    @Test
    void V4_metricsLeaveAnImageOfNioAlone() throws Exception {
        Path image = image("nio", Jars.path(Jars.API, Jars.SPI, Jars.NIO), List.of());
        assertReports(image, "succeeded", 0, "--version");
        assertReports(image, "failed", 1, "--no-such-option");
        for (String port : List.of("0", "65536", "statsd")) {
            Outcome outcome = Outcome.of(image.resolve("bin").resolve("statsd"), List.of("127.0.0.1", port, "a", "b"));
            assertEquals(64, outcome.status(), outcome::toString);
            assertEquals(1, outcome.errors().lines().count(), outcome::toString);
        }
    }

    @Test
    void V1_metricsLeaveAnImageOfEpollAlone() throws Exception {
        String modulePath = Jars.path(Jars.API, Jars.SPI, Jars.EPOLL, Jars.NETTY, Jars.NETTY_NATIVE);
        Path image = image("epoll", modulePath, Jars.nativeAccess("io.netty.common"));
        assertReports(image, "succeeded", 0, "--version");
    }

    /** The command that the README shows. */
    private static Path image(String provider, String modulePath, List<String> options) {
        Path image = folder.resolve(provider);
        List<String> arguments = new ArrayList<>(List.of("--module-path", Jars.path(classes, modulePath)));
        arguments.addAll(List.of("--add-modules", MODULE + ",dev.sluice.udp." + provider));
        arguments.addAll(List.of("--launcher", "statsd=" + MODULE + "/" + MODULE + ".Main"));
        arguments.addAll(List.of("--strip-debug", "--no-header-files", "--no-man-pages"));
        if (!options.isEmpty()) {
            arguments.add("--add-options=" + String.join(" ", options));
        }
        arguments.addAll(List.of("--output", image.toString()));
        JdkTool.run("jlink", arguments.toArray(String[]::new));
        return image;
    }

    private static void assertReports(Path image, String result, int status, String option) throws Exception {
        try (Listener listener = new Listener()) {
            String java = Outcome.jdk("java").toString();
            Outcome outcome = Outcome.of(
                    image.resolve("bin").resolve("statsd"),
                    List.of("127.0.0.1", listener.port(), "start", java, option));
            assertEquals(status, outcome.status(), outcome::toString);
            assertFalse(outcome.errors().contains("WARNING"), outcome::toString);
            String time = listener.receive();
            assertTrue(time.matches("start\\.time:\\d+\\|ms"), time);
            listener.assertReceives("start." + result + ":1|c");
        }
    }
}
