// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.spi.TransportProvider;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Why it can't be used, and what to do (V2, V2a, V4a). */
class AvailabilityTest {
    @Test
    void V4a_itIsAvailableHere() {
        assertEquals(Optional.empty(), Availability.obstacle(FfmSockets::new));
        assertTrue(Probe.canSegment(), "every kernel that runs these tests does");
        assertTrue(Probe.canCoalesce(), "every kernel that runs these tests does");
    }

    private static void assertContains(String expected, Optional<Obstacle> obstacle) {
        assertTrue(obstacle.map(Obstacle::reason).orElse("available").contains(expected), obstacle::toString);
    }

    @Test
    void V4a_theReasonSaysWhatIsMissing() {
        assertContains("this is Plan 9", Availability.obstacle("Plan 9", "amd64", 25));
        assertContains("this is riscv64", Availability.obstacle("Linux", "riscv64", 25));
        assertContains("this is Java 21; sluice-provider-epoll", Availability.obstacle("Linux", "amd64", 21));
        for (String arch : new String[] {"amd64", "aarch64"}) {
            assertEquals(Optional.empty(), Availability.obstacle("Linux", arch, 22));
        }
    }

    @Test
    void V2_classesThatCannotBeLoadedAreAReason() {
        assertContains("gone", Availability.obstacle(() -> {
            throw new NoClassDefFoundError("gone");
        }));
    }

    @Test
    void V1_theActivatorOfItsBundleMakesTheProvider() {
        try (TransportProvider made = new FfmActivator().create()) {
            assertEquals(FfmProvider.class, made.getClass());
            assertTrue(made.priority() > 100, "epoll's"); // V2
        }
    }
}
