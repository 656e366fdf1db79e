// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** examples/wasm-host: a guest reaches one peer and no other, within limits. */
class WasmHostExampleIT {
    private static final Path GUESTS = Path.of("..", "endive", "src", "test", "guests");

    private static ExampleBuild host;

    @BeforeAll
    static void build() throws Exception {
        host = ExampleBuild.of("wasm-host");
    }

    @Test
    void N1_aGuestReachesItsPeer() throws Exception {
        try (Listener collector = new Listener()) {
            String port = collector.port();
            Outcome outcome = host.run("127.0.0.1", port, guest("programs", "statsd"), "port=" + port, "count=3");
            assertEquals("3 sent\n", outcome.assertSuccess().output());
            assertEquals("wasm-host: the guest ended with status 0\n", outcome.errors());
            collector.assertReceives("sluice.sent:1|c", "sluice.sent:2|c", "sluice.sent:3|c");
        }
    }

    @Test
    void N1_aGuestReachesNoOther() throws Exception {
        try (Listener peer = new Listener();
                Listener other = new Listener()) {
            String port = "port=" + other.port();
            Outcome outcome = host.run("127.0.0.1", peer.port(), guest("programs", "statsd"), port, "count=3");
            assertStopped("TRAP", outcome);
            other.send("the first", other.port());
            other.assertReceives("the first");
        }
    }

    @Test
    void limitsHold() throws Exception {
        String greed = guest("hostile", "greed");
        Outcome survived = host.run("127.0.0.1", "9", greed, "take=sockets").assertSuccess();
        assertEquals(
                List.of("about to", "new-socket-limit after 4, and one more after a drop", "survived"),
                survived.output().lines().toList());
        assertStopped("LIMIT", host.run("127.0.0.1", "9", greed, "take=recursion"));
    }

    @Test
    void whatCantBeRunIsTold() throws Exception {
        assertFails(65, "127.0.0.1", "9", "pom.xml");
        assertFails(66, "127.0.0.1", "9", "none.wasm");
        assertFails(64, "127.0.0.1", "65536", "pom.xml");
        assertFails(64, "127.0.0.1", "9");
    }

    private static String guest(String folder, String name) {
        return GUESTS.resolve(Path.of(folder, name + ".wasm")).toString();
    }

    private static void assertStopped(String reason, Outcome outcome) {
        assertEquals(134, outcome.status(), outcome::toString);
        assertTrue(
                outcome.errors().startsWith("wasm-host: the guest was stopped (" + reason + "): "), outcome::toString);
    }

    private static void assertFails(int status, String... arguments) throws Exception {
        Outcome outcome = host.run(arguments);
        assertEquals(status, outcome.status(), outcome::toString);
        assertEquals(1, outcome.errors().lines().count(), outcome::toString);
    }
}
