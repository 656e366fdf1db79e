// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A gate that an old report can't open, nor close (C2). */
class SendGateTest {
    private final SendGate gate = new SendGate();

    @Test
    void C2_C3_isOpenAtFirst() {
        assertTrue(gate.isOpen());
    }

    @Test
    void C2_opensForAReportAskedForSinceItClosed() {
        gate.close();
        assertFalse(gate.isOpen());
        gate.open(gate.epoch());
        assertTrue(gate.isOpen());
    }

    @Test
    void C2_anOldReportDoesNotOpenIt() {
        gate.close();
        long asked = gate.epoch();
        gate.close(); // again, by a send that met a full buffer after the question
        gate.open(asked);
        assertFalse(gate.isOpen());
        gate.open(gate.epoch());
        assertTrue(gate.isOpen());
        gate.close();
        gate.open(asked);
        assertFalse(gate.isOpen());
    }

    @Test
    void C2_aReportAskedForWhileItWasOpenChangesNothing() {
        long asked = gate.epoch();
        gate.open(asked);
        assertTrue(gate.isOpen());
        gate.close();
        gate.open(asked);
        assertFalse(gate.isOpen());
    }
}
