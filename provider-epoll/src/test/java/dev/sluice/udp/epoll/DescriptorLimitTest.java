// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Too many sockets (U1), in a JVM that may open few. */
class DescriptorLimitTest {

    @Test
    void U1_lackOfDescriptorsIsNewSocketLimitAndOverOnceSocketsAreClosed() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -n 200 && exec \"" + java + "\" -cp \"$TEST_CLASS_PATH\" "
                        + DescriptorLimitMain.class.getName());
        builder.environment().put("TEST_CLASS_PATH", System.getProperty("java.class.path"));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(List.of("IPV4 new-socket-limit 24", "IPV6 new-socket-limit 24"), lines);
    }
}
