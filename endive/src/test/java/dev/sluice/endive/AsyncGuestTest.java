// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sluice.endive.GuestTrapException.Reason;
import dev.sluice.udp.Network;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs for WASI 0.3, whose run is lifted in each of the three ways. */
class AsyncGuestTest {
    static Stream<GuestRun> all() {
        return GuestRun.all();
    }

    private static String output(String guest, GuestRun run, String... arguments) throws Exception {
        GuestRun.Outcome outcome = run.run(guest, Network.unrestricted(), GuestRun.patient(), arguments);
        assertNull(outcome.trap(), outcome::output);
        assertEquals(0, outcome.status(), outcome::output);
        return outcome.output();
    }

    @ParameterizedTest
    @MethodSource("all")
    void W5_aTaskReturnsToTheHostToWait(GuestRun run) throws Exception {
        assertEquals("1000 came back\n", output("programs/callback", run, "count=1000"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void W5_aTaskBlocksItsThread(GuestRun run) throws Exception {
        assertEquals("blocking", output("programs/blocking", run));
    }

    @ParameterizedTest
    @MethodSource("all")
    void W5_aTaskGoesOnAfterItsResult(GuestRun run) throws Exception {
        assertEquals("stackful", output("programs/stackful", run));
    }

    @ParameterizedTest
    @MethodSource("few")
    void W5_aComponentRunsAsItsModuleDoes(GuestRun run) throws Exception {
        assertEquals("10 came back\n", output("components/callback", run, "count=10"));
    }

    static Stream<GuestRun> few() {
        return GuestRun.few();
    }

    /** Nothing is ever sent to it. */
    @ParameterizedTest
    @MethodSource("few")
    void W5_aTaskThatWaitsEndsAtItsTime(GuestRun run) throws Exception {
        GuestRun.Outcome outcome = run.run(
                "programs/callback",
                new QuickStartTest.LoopbackOnly(),
                Limits.standard().withTime(Duration.ofMillis(500)),
                "count=1000000000");
        assertNotNull(outcome.trap(), outcome::output);
        assertEquals(Reason.TIME, outcome.trap().reason(), outcome.trap().getMessage());
    }
}
