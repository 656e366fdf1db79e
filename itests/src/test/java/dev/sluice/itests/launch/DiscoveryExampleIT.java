// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** examples/discovery: its POM makes a program. What that does needs a network without a way out: netlab tries it. */
class DiscoveryExampleIT {
    @Test
    void itsPomMakesAProgram() throws Exception {
        ExampleBuild discovery = ExampleBuild.of("discovery");
        Outcome outcome = discovery.run();
        assertEquals(64, outcome.status(), outcome::toString);
        assertTrue(outcome.errors().startsWith("usage: discovery announce "), outcome::toString);
    }
}
