// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** examples/single-file: the JDK compiles and runs the file itself. */
class SingleFileExampleIT {
    private static final Path PROGRAM = Path.of("..", "examples", "single-file", "Heartbeat.java");

    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll"})
    void J3_whatWasSentCameBack(String provider) throws Exception {
        List<String> arguments = new ArrayList<>(Jars.nativeAccess("ALL-UNNAMED"));
        arguments.addAll(List.of("-Dsluice.provider=" + provider, "-cp", Jars.everything(), PROGRAM.toString(), "2"));
        assertEquals(
                List.of("provider: " + provider, "heard: alive 1", "heard: alive 2"),
                Outcome.java(arguments).assertSuccess().output().lines().toList());
    }
}
