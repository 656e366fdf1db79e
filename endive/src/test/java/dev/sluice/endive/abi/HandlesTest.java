// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The table of handles. */
class HandlesTest {
    private static class Probe implements Resource {
        boolean closed;

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class OtherProbe extends Probe {}

    private record Unrelated() implements Resource {}

    private final Handles handles = new Handles(40);

    @Test
    void aHandleIsNeverZeroAndFindsItsResource() {
        Probe probe = new Probe();
        int handle = handles.add(probe);
        assertNotEquals(0, handle);
        assertSame(probe, handles.get(handle, Probe.class));
    }

    @Test
    void unknownHandlesTrap() {
        int handle = handles.add(new Probe());
        for (int wrong : new int[] {0, -1, handle + 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThrows(Trap.class, () -> handles.get(wrong, Probe.class));
            assertThrows(Trap.class, () -> handles.drop(wrong, Probe.class));
        }
    }

    @Test
    void aHandleOfAnotherTypeTrapsAndStays() {
        int handle = handles.add(new Probe());
        assertThrows(Trap.class, () -> handles.get(handle, Unrelated.class));
        assertThrows(Trap.class, () -> handles.drop(handle, Unrelated.class));
        handles.get(handle, Probe.class);
    }

    @Test
    void droppingClosesOnceAndTheHandleIsGone() {
        Probe probe = new Probe();
        int handle = handles.add(probe);
        handles.drop(handle, Probe.class);
        assertTrue(probe.closed);
        assertThrows(Trap.class, () -> handles.get(handle, Probe.class));
        assertThrows(Trap.class, () -> handles.drop(handle, Probe.class));
    }

    @Test
    void aParentIsDroppedAfterItsChildrenOnly() {
        Probe parent = new Probe();
        int handle = handles.add(parent);
        int first = handles.addChild(new Probe(), handle);
        int second = handles.addChild(new OtherProbe(), handle);
        int grandchild = handles.addChild(new Probe(), second);
        assertThrows(Trap.class, () -> handles.drop(handle, Probe.class));
        assertThrows(Trap.class, () -> handles.drop(second, Probe.class));
        handles.drop(grandchild, Probe.class);
        handles.drop(second, Probe.class);
        assertThrows(Trap.class, () -> handles.drop(handle, Probe.class));
        assertFalse(parent.closed);
        handles.drop(first, Probe.class);
        handles.drop(handle, Probe.class);
        assertTrue(parent.closed);
    }

    @Test
    void theLimitHoldsAndDroppedHandlesMakeRoom() {
        int last = 0;
        for (int i = 0; i < 40; i++) {
            last = handles.add(new Probe());
        }
        Probe tooMany = new Probe();
        assertThrows(Trap.class, () -> handles.add(tooMany));
        assertTrue(tooMany.closed, "what got no handle is closed");
        for (int i = 0; i < 1000; i++) {
            handles.drop(last, Probe.class);
            last = handles.add(new Probe());
        }
        assertTrue(last <= 40, "handles are used again");
        for (int handle = 1; handle <= 40; handle++) {
            handles.drop(handle, Probe.class);
        }
        assertEquals(0, handles.size());
    }
}
