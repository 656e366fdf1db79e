// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static dev.sluice.udp.nio.Loopback.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IpAddressFamily;
import java.io.File;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a provider opens for itself, it gives back when it ends (V3). */
@EnabledOnOs(OS.LINUX) // where one can count them
class DescriptorsTest {
    private static final int ROUNDS = 40;

    @Test
    void V3_anEndedProviderHasNoDescriptorLeft() throws Exception {
        useOne(); // the JDK keeps some for itself
        int before = open();
        for (int i = 0; i < ROUNDS; i++) {
            useOne();
        }
        int after = open();
        assertTrue(after < before + ROUNDS / 2, () -> before + " before, " + after + " after");
    }

    /** A file is tried to find out whether that is possible, for every text that nobody knows. */
    @Test
    void E9_askingForAnErrorLeavesNoDescriptor() {
        LearntTexts.errno("a text that nobody knows");
        int before = open();
        for (int i = 0; i < ROUNDS; i++) {
            LearntTexts.errno("a text that nobody knows");
        }
        int after = open();
        assertTrue(after < before + ROUNDS / 2, () -> before + " before, " + after + " after");
    }

    private static void useOne() throws Exception {
        try (Loopback loopback = new Loopback(IpAddressFamily.IPV4)) {
            DatagramStreams streams = loopback.streams(null);
            await(streams.outgoing().subscribe());
            assertEquals(List.of(), streams.incoming().receive(1));
            assertTrue(streams.outgoing().subscribe().ready());
        }
    }

    private static int open() {
        return new File("/proc/self/fd").list().length;
    }
}
