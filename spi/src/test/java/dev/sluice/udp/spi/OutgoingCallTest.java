// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.OutgoingDatagram;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What belongs to the application is let go of, and what belongs to the provider isn't given away. */
class OutgoingCallTest {
    private static final OutgoingDatagram DATAGRAM = new OutgoingDatagram(ByteBuffer.allocate(1));

    private final OutgoingCall call = OutgoingCall.pool().take();

    private static List<OutgoingDatagram> list(int size) {
        return new ArrayList<>(Collections.nCopies(size, DATAGRAM));
    }

    @Test
    void holdsTheElementsUntilItIsCleared() {
        for (int size : new int[] {1, 5, 1024, 3}) {
            Object[] elements = call.read(list(size), size);
            assertSame(DATAGRAM, elements[size - 1]);
            call.clear();
            assertHoldsNothing(elements);
        }
    }

    /** A list that another thread appends to between size and toArray. */
    @Test
    void letsGoOfWhatAListWroteBeyondItsSize() {
        Object[] elements = call.read(list(7), 5);
        call.clear();
        assertHoldsNothing(elements);
    }

    @Test
    void S7_aNullIsNamedByItsPlace() {
        List<OutgoingDatagram> list = list(3);
        list.set(2, null);
        String message = assertThrows(NullPointerException.class, () -> call.read(list, 3))
                .getMessage();
        assertEquals("datagram 2 of the list is null", message);
    }

    private void assertHoldsNothing(Object[] elements) {
        for (Object element : elements) {
            assertNull(element);
        }
    }

    /** Keeps every array that it is given. */
    private static final class Greedy extends AbstractList<OutgoingDatagram> {
        private final List<Object[]> arrays = new ArrayList<>();

        @Override
        public <T> T[] toArray(T[] array) {
            arrays.add(array);
            return super.toArray(array);
        }

        @Override
        public OutgoingDatagram get(int index) {
            return DATAGRAM;
        }

        @Override
        public int size() {
            return 3;
        }
    }

    @Test
    void S9_aForeignListIsGivenNoArrayThatOtherSocketsUseNext() {
        Greedy greedy = new Greedy();
        for (List<OutgoingDatagram> list : List.of(
                greedy,
                greedy.subList(0, 3),
                Collections.unmodifiableList(greedy),
                Collections.synchronizedList(greedy),
                Collections.checkedList(greedy, OutgoingDatagram.class))) {
            assertSame(DATAGRAM, call.read(list, 3)[2]);
            call.clear();
        }
        assertEquals(List.of(), greedy.arrays);
    }

    @Test
    void S1_aListThatIsShorterThanItSaysIsAnError() {
        assertThrows(IndexOutOfBoundsException.class, () -> call.read(Collections.unmodifiableList(list(2)), 3));
        assertThrows(NullPointerException.class, () -> call.read(list(2), 3));
    }
}
