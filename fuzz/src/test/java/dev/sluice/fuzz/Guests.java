// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.endive.GuestTrapException;
import dev.sluice.endive.InvalidGuestException;
import dev.sluice.endive.Limits;
import dev.sluice.endive.WasiCommand;
import dev.sluice.endive.WasiHost;
import dev.sluice.udp.Network;
import dev.sluice.udp.UdpSockets;
import java.time.Duration;
import java.util.regex.Pattern;

/** Runs a guest of unknown intentions. */
final class Guests {
    private static final Limits LIMITS = Limits.standard()
            .withMemoryBytes(4 << 20)
            .withSockets(8)
            .withHandles(64)
            .withTime(Duration.ofMillis(30));

    private Guests() {}

    /** Of Java's own. (A name in the file itself may have "java." in it.) */
    private static final Pattern CLASS_NAME = Pattern.compile("\\bjavax?\\.[a-z.]+\\.[A-Z]");

    /** It is refused, ends, or traps, each with words of one line; nothing else may happen. */
    static void run(byte[] file, Network network) throws Exception {
        try {
            WasiCommand.load(file)
                    .interpreted()
                    .run(WasiHost.builder(UdpSockets.provider("nio"))
                            .network(network)
                            .limits(LIMITS)
                            .build());
        } catch (InvalidGuestException e) {
            requireOneLine(e.getMessage());
            assertTrue(e.getMessage().endsWith("."), e.getMessage());
        } catch (GuestTrapException e) {
            requireOneLine(e.getMessage());
            assertFalse(
                    e.getMessage().contains(" failed in the host: "), e.getMessage()); // no trap, but a fault of ours
        }
    }

    private static void requireOneLine(String message) {
        assertFalse(message.isBlank());
        assertEquals(1, message.lines().count(), message);
        assertFalse(CLASS_NAME.matcher(message).find(), message);
    }
}
