// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory runs out while threads wait and datagrams are received: no wait is forgotten, and nothing received is lost (P5, R2). */
class MemoryRunsOutIT {
    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll"})
    void P5_R2_aFullHeapLosesNoWakeUpAndNoDatagram(String provider) throws Exception {
        List<String> arguments = new ArrayList<>(Jars.nativeAccess("ALL-UNNAMED"));
        arguments.addAll(List.of("-Xmx24m", "-XX:+UseSerialGC", "-XX:-UseGCOverheadLimit"));
        arguments.addAll(List.of("-Dsluice.provider=" + provider, "-cp"));
        arguments.add(
                Jars.path(Jars.everything(), Path.of("target", "test-classes").toString()));
        arguments.add(HungryMain.class.getName());
        assertEquals(
                "woken 12, kept 12",
                Outcome.java(arguments).assertSuccess().output().strip());
    }
}
