// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.Network;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code wasi:sockets/tcp} as a guest sees it: client and server on loopback, in one program. */
class TcpGuestTest {
    /** TCP is the JDK's, whatever the provider. */
    static Stream<GuestRun> runs() {
        return GuestRun.all().filter(run -> run.provider().equals("nio"));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void bytesComeBackAndTheEndIsSeen(GuestRun run) throws Exception {
        GuestRun.Outcome outcome = run.run("programs/tcp", Network.unrestricted(), GuestRun.patient());
        assertNull(outcome.trap(), outcome::output);
        assertEquals("200000 there and back\n", outcome.output());
        assertEquals(0, outcome.status());
    }

    /** A network that says nothing of TCP denies it. */
    @ParameterizedTest
    @MethodSource("runs")
    void isDeniedUnlessAllowed(GuestRun run) throws Exception {
        GuestRun.Outcome outcome = run.run("programs/tcp", new QuickStartTest.LoopbackOnly(), GuestRun.patient());
        assertTrue(outcome.output().contains("start-bind"), outcome::output);
    }
}
