// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.Network;
import dev.sluice.udp.ProviderCapability;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a guest can see of the rules, seen by guests. The rule's id is in the line that the guest prints. */
class ConformanceGuestTest {

    /** Everything but sending to and binding one port, and receiving from another. */
    private record Fence(int denied, int deaf) implements Network {
        @Override
        public boolean mayBind(InetSocketAddress local) {
            return local.getPort() != denied;
        }

        @Override
        public boolean maySendTo(InetSocketAddress remote) {
            return remote.getPort() != denied;
        }

        @Override
        public boolean mayReceiveFrom(InetSocketAddress remote) {
            return remote.getPort() != denied && remote.getPort() != deaf;
        }
    }

    static Stream<Arguments> runs() {
        return GuestRun.with(GuestRun.all(), List.of("sending", "errors", "socket", "receiving"));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void everyRuleHolds(String guest, GuestRun run) throws Exception {
        check(guest, run);
    }

    static Stream<GuestRun> all() {
        return GuestRun.all();
    }

    /** A guest of 0.3, whose output and arguments are those of 0.2. */
    @ParameterizedTest
    @MethodSource("all")
    void W5_everyRuleHoldsIn03(GuestRun run) throws Exception {
        check("asynchronous", run);
    }

    private static void check(String guest, GuestRun run) throws Exception {
        boolean hops = run.udp().capabilities().contains(ProviderCapability.UNICAST_HOP_LIMIT);
        int deaf = FreePort.find();
        GuestRun.Outcome outcome = run.run(
                "conformance/" + guest,
                new Fence(1, deaf),
                GuestRun.patient(),
                "denied=1",
                "deaf=" + deaf,
                "hops=" + (hops ? "yes" : "no"));
        assertNull(outcome.trap(), outcome.output());
        assertAll(outcome.output().lines().map(line -> () -> assertTrue(line.matches("[A-Z]\\d.* ok"), line)));
        assertEquals(0, outcome.status());
        assertTrue(outcome.output().lines().count() >= 6, "the guest tried its rules");
    }
}
