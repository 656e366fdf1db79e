// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.endive.GuestTrapException.Reason;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.UdpSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A guest that breaks a rule traps in that call, and its sockets are closed. */
class HostileGuestTest {
    private static final Pattern LAST_WORDS = Pattern.compile("at port (\\d+), about to\n");

    static Stream<Arguments> handles() {
        return GuestRun.with(GuestRun.few(), traps("handles"));
    }

    static Stream<Arguments> memory() {
        return GuestRun.with(GuestRun.few(), traps("memory"));
    }

    static Stream<Arguments> tasks() {
        return GuestRun.with(GuestRun.few(), traps("tasks"));
    }

    /** As the guest's own table names them. */
    private static List<String> traps(String guest) {
        try {
            return Files.readString(Path.of("src/test/guests/hostile", guest + ".c"))
                    .lines()
                    .filter(line -> line.matches(" +\\{\"[a-z-]+\", [a-z_]+},"))
                    .map(line -> line.split("\"")[1])
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyTrapIsTried() {
        assertTrue(traps("handles").size() >= 23, () -> traps("handles").toString());
        assertTrue(traps("memory").size() >= 19, () -> traps("memory").toString());
        assertTrue(traps("tasks").size() >= 37, () -> traps("tasks").toString());
    }

    @ParameterizedTest
    @MethodSource("handles")
    void S5_brokenRulesOfPermitsAndHandlesTrap(String trap, GuestRun run) throws Exception {
        mustTrap("hostile/handles", trap, run);
    }

    @ParameterizedTest
    @MethodSource("memory")
    void addressesOutsideOfTheMemoryAndBadAllocatorsTrap(String trap, GuestRun run) throws Exception {
        mustTrap("hostile/memory", trap, run);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void W5_brokenRulesOfTasksAndStreamsTrap(String trap, GuestRun run) throws Exception {
        mustTrap("hostile/tasks", trap, run);
    }

    private static void mustTrap(String guest, String trap, GuestRun run) throws Exception {
        GuestRun.Outcome outcome = run.run(guest, Network.unrestricted(), GuestRun.patient(), "trap=" + trap);
        assertNotNull(outcome.trap(), () -> "survived: " + outcome.output());
        assertEquals(Reason.TRAP, outcome.trap().reason(), outcome.trap().getMessage());
        assertEquals(
                1, outcome.trap().getMessage().lines().count(), outcome.trap().getMessage());
        Matcher heard = LAST_WORDS.matcher(outcome.output());
        assertTrue(heard.matches(), outcome.output());
        try (UdpSocket socket =
                run.udp().createSocket(IpAddressFamily.IPV4)) { // succeeds, since the guest's socket is closed
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), Integer.parseInt(heard.group(1))));
        }
    }

    static Stream<GuestRun> few() {
        return GuestRun.few();
    }

    @ParameterizedTest
    @MethodSource("few")
    void withoutAnAllocatorWhatNeedsOneTraps(GuestRun run) throws Exception {
        GuestRun.Outcome outcome = run.run("hostile/bare/no-realloc", Network.unrestricted(), GuestRun.patient());
        assertNotNull(outcome.trap());
        assertTrue(
                outcome.trap().getMessage().contains("cabi_realloc"),
                outcome.trap().getMessage());
    }

    @ParameterizedTest
    @MethodSource("few")
    void withoutAnAllocatorWhatNeedsNoneRuns(GuestRun run) throws Exception {
        GuestRun.Outcome outcome = run.run("hostile/bare/no-need", Network.unrestricted(), GuestRun.patient());
        assertNull(outcome.trap());
        assertEquals(0, outcome.status());
    }

    @ParameterizedTest
    @MethodSource("few")
    void aTrapHarmsNoOtherGuest(GuestRun run) throws Exception {
        String port = "port=" + FreePort.find();
        FutureTask<GuestRun.Outcome> bystander = new FutureTask<>(run.prepare(
                "programs/echo", Network.unrestricted(), GuestRun.patient(), new ByteArrayOutputStream(), port));
        new Thread(bystander, "bystander").start();
        for (String trap : List.of("send-unpermitted", "socket-before-streams", "poll-nothing", "unreachable")) {
            mustTrap("hostile/handles", trap, run);
        }
        GuestRun.Outcome talk = run.run("programs/talk", Network.unrestricted(), GuestRun.patient(), port, "count=10");
        assertEquals("10 came back\n", talk.output());
        assertEquals(0, bystander.get(1, TimeUnit.MINUTES).status());
    }
}
