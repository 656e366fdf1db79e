// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the numbers depend on. */
final class Machine {
    private Machine() {}

    static Map<String, String> facts() throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("CPU", cpu() + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        facts.put("architecture", System.getProperty("os.arch"));
        facts.put("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put("Netty", versionOf(io.netty.channel.Channel.class));
        facts.put("Vert.x", versionOf(io.vertx.core.Vertx.class));
        facts.put("load average", loadAverage());
        return facts;
    }

    /** UDP_MAX_SEGMENTS of include/linux/udp.h: 128 since Linux 6.9, 64 before. */
    static int kernelSegments() {
        String[] version = System.getProperty("os.version").split("\\D+", 3);
        int major = Integer.parseInt(version[0]);
        return major > 6 || major == 6 && Integer.parseInt(version[1]) >= 9 ? 128 : 64;
    }

    private static String cpu() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return "unknown";
        }
        try (var lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }

    /** The load of the last minute, which tells a quiet machine from a busy one. */
    private static String loadAverage() throws IOException {
        Path path = Path.of("/proc/loadavg");
        return Files.isReadable(path) ? Files.readString(path).split(" ")[0] : "unknown";
    }

    private static String versionOf(Class<?> type) {
        String version = type.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
