// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sandbox or an old kernel refuses: the provider does without, or is unavailable and says why (V2a). */
class RefusalTest {
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    private static final int ENOPROTOOPT = 92;

    private static String refused(int errno, String... calls) throws Exception {
        List<String> command = new ArrayList<>(List.of(Compiled.program("refuse"), String.valueOf(errno)));
        command.addAll(List.of(calls));
        command.add("--");
        return Compiled.java(command, List.of("--enable-native-access=ALL-UNNAMED"), RoundTrip.class);
    }

    @ParameterizedTest
    @CsvSource({"UDP_SEGMENT, SEGMENTATION_OFFLOAD", "UDP_GRO, COALESCED_RECEIVE"})
    void S6_withoutAnOffloadAllArrivesAsItWasSent(String option, String capability) throws Exception {
        String without = refused(ENOPROTOOPT, option);
        assertTrue(without.startsWith("exact"), without);
        assertFalse(without.contains(capability), without);
    }

    @ParameterizedTest
    @ValueSource(ints = {ENOPROTOOPT, EPERM})
    void S6_withoutAnyOffloadToo(int errno) throws Exception {
        String without = refused(errno, "UDP_SEGMENT", "UDP_GRO");
        assertTrue(without.startsWith("exact"), without);
        assertFalse(without.contains("SEGMENTATION_OFFLOAD") || without.contains("COALESCED"), without);
    }

    @ParameterizedTest
    @CsvSource({
        "eventfd2, eventfd(2)",
        "epoll_create1, epoll(7)",
        "epoll_ctl, epoll(7)",
        "socket, a socket",
        "poll, poll(2)",
        "recvmmsg, recvmmsg(2)",
        "sendmmsg, sendmmsg(2)"
    })
    void V2a_whatItCannotDoWithoutMakesItUnavailable(String call, String named) throws Exception {
        for (int errno : new int[] {EPERM, ENOSYS}) {
            String reason = refused(errno, call);
            assertTrue(reason.startsWith("unavailable: this system refuses " + named), reason);
            assertEquals(1, reason.lines().count(), reason);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UDP_SEGMENT", "recvmmsg"})
    void V4a_deniedNativeAccessIsSaidFirst(String call) throws Exception {
        String reason = Compiled.java(
                List.of(Compiled.program("refuse"), "1", call, "--"),
                List.of("--illegal-native-access=deny"),
                RoundTrip.class);
        assertEquals(
                "unavailable: native access is denied: start Java with --enable-native-access=ALL-UNNAMED", reason);
    }
}
