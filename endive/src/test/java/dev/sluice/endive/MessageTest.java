// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.UdpSockets;
import org.junit.jupiter.api.Test;

/** Messages are one line without control characters, whatever names a file has. */
class MessageTest {
    private static final int[] NONE = {};
    private static final String NAME = "a\nb\u001b[31m";
    private static final String ESCAPED = "a\\u000ab\\u001b[31m";

    @Test
    void ofAFileThatIsRefused() {
        byte[] file = Assembler.core()
                .importFunction(NAME, NAME, NONE)
                .memory(1)
                .function("_start", NONE, NONE)
                .build();
        String message = assertThrows(InvalidGuestException.class, () -> WasiCommand.load(file))
                .getMessage();
        assertTrue(message.startsWith("The program imports " + ESCAPED + " from " + ESCAPED + ", "), message);
    }

    @Test
    void ofAGuestThatTraps() throws Exception {
        byte[] file = Assembler.core()
                .importFunction("x:y/" + NAME, NAME, NONE)
                .memory(1)
                .function("_start", NONE, NONE, 0x10, 0)
                .build();
        WasiCommand program = WasiCommand.load(file);
        WasiHost host = WasiHost.builder(UdpSockets.provider("nio")).build();
        String message =
                assertThrows(GuestTrapException.class, () -> program.run(host)).getMessage();
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    }
}
