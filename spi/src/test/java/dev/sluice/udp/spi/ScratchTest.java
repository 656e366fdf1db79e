package dev.sluice.udp.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.OutgoingDatagram;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What belongs to the application is let go of: scratch memory lives as long as the provider. */
class ScratchTest {
    private static final OutgoingDatagram DATAGRAM = new OutgoingDatagram(ByteBuffer.allocate(1));

    private final Scratch scratch = new Scratch(0);

    private static List<OutgoingDatagram> list(int size) {
        return new ArrayList<>(Collections.nCopies(size, DATAGRAM));
    }

    @Test
    void holdsTheElementsUntilItIsCleared() {
        for (int size : new int[] {1, 5, 1024, 3}) {
            Object[] elements = scratch.elements(list(size), size);
            assertSame(DATAGRAM, elements[size - 1]);
            scratch.batch.add(null, ByteBuffer.allocate(3));
            scratch.clear();
            assertHoldsNothing(elements);
        }
    }

    /** A list that another thread appends to between size and toArray. */
    @Test
    void letsGoOfWhatAListWroteBeyondItsSize() {
        Object[] elements = scratch.elements(list(7), 5);
        scratch.clear();
        assertHoldsNothing(elements);
    }

    @Test
    void S7_aNullIsNamedByItsPlace() {
        List<OutgoingDatagram> list = list(3);
        list.set(2, null);
        String message = assertThrows(NullPointerException.class, () -> scratch.elements(list, 3))
                .getMessage();
        assertEquals("datagram 2 of the list is null", message);
    }

    private void assertHoldsNothing(Object[] elements) {
        for (Object element : elements) {
            assertNull(element);
        }
        assertEquals(0, scratch.batch.size());
    }
}
