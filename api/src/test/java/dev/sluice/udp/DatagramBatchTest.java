// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DatagramBatchTest {
    private static final InetSocketAddress SOMEWHERE = new InetSocketAddress("127.0.0.1", 9);

    /** Two of one value, and none: runs go by the object. */
    private static final List<DatagramPath> PATHS =
            Arrays.asList(DatagramPath.from(SOMEWHERE.getAddress()), DatagramPath.from(SOMEWHERE.getAddress()), null);

    private final DatagramBatch batch = new DatagramBatch(4, 10);

    @Test
    void copiesLieOneBehindTheOther() {
        assertTrue(batch.add(SOMEWHERE, bytes(1, 2, 3)));
        assertTrue(batch.add(null, bytes()));
        assertTrue(batch.add(null, new byte[] {9, 4, 5, 9}, 1, 2));
        assertEquals(3, batch.size());
        assertEntry(0, 0, SOMEWHERE, 1, 2, 3);
        assertEntry(1, 3, null);
        assertEntry(2, 3, null, 4, 5);
        assertEquals(5, batch.remainingBytes());
        assertTrue(batch.memory().isDirect());
        assertSame(batch.memory(), batch.memory());
    }

    @Test
    void S7_payloadIsReadFromPositionToLimitAndLeftAsItIs() {
        ByteBuffer payload = bytes(1, 2, 3, 4, 5).position(1).limit(4).slice().position(1);
        assertTrue(batch.add(null, payload.asReadOnlyBuffer()));
        assertTrue(batch.add(null, payload));
        assertEquals(1, payload.position());
        assertEquals(3, payload.limit());
        assertEntry(0, 0, null, 3, 4);
        assertEntry(1, 2, null, 3, 4);
    }

    @Test
    void anyKindOfBuffer() {
        ByteBuffer direct = ByteBuffer.allocateDirect(2).put(0, (byte) 7).put(1, (byte) 8);
        assertTrue(batch.add(null, direct));
        assertEntry(0, 0, null, 7, 8);
    }

    @Test
    void refusesWhatHasNoRoomAndIsUnchanged() {
        assertTrue(batch.add(null, bytes(1, 2, 3, 4, 5, 6, 7, 8)));
        assertFalse(batch.add(null, bytes(1, 2, 3)));
        assertFalse(batch.add(null, new byte[3], 0, 3));
        assertEquals(1, batch.size());
        assertTrue(batch.add(null, bytes(9, 10)));
        assertTrue(batch.add(null, bytes()), "an empty datagram needs no bytes");
        assertTrue(batch.add(null, bytes()));
        assertFalse(batch.add(null, bytes()), "no entry is left");
        assertFalse(batch.add(null, new byte[0], 0, 0));
        assertEquals(4, batch.size());
        assertEquals(4, batch.maxDatagrams());
    }

    @Test
    void partOfAnArrayHasToLieInIt() {
        assertThrows(IndexOutOfBoundsException.class, () -> batch.add(null, new byte[2], 1, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.add(null, new byte[2], -1, 1));
        assertEquals(0, batch.size());
    }

    @Test
    void writesInPlace() {
        batch.add(null, bytes(1));
        ByteBuffer tail = batch.tail();
        assertEquals(9, tail.remaining());
        tail.put((byte) 2).put((byte) 3);
        batch.commit(SOMEWHERE, 2);
        assertEntry(1, 1, SOMEWHERE, 2, 3);
        tail.limit(5); // whatever the last user left behind
        assertSame(tail, batch.tail());
        assertEquals(7, tail.remaining());
        assertThrows(BufferOverflowException.class, () -> batch.commit(null, 8));
        assertThrows(BufferOverflowException.class, () -> batch.commit(null, -1));
        batch.commit(null, 7);
        batch.commit(null, 0);
        assertThrows(BufferOverflowException.class, () -> batch.commit(null, 0));
        assertEquals(4, batch.size());
        assertEquals(0, batch.remainingBytes());
    }

    @Test
    void tailSaysWhereItBegins() {
        assertEquals(0, batch.tailOffset());
        batch.add(null, bytes(1, 2, 3));
        assertEquals(3, batch.tailOffset());
        assertEquals(batch.tailOffset(), batch.tail().position());
    }

    @Test
    void takesManySegmentsOfOneSizeAtOnce() {
        batch.tail().put(bytes(1, 2, 3, 4, 5, 6, 7));
        assertEquals(3, batch.commit(SOMEWHERE, 3, 7));
        assertEntry(0, 0, SOMEWHERE, 1, 2, 3);
        assertEntry(1, 3, SOMEWHERE, 4, 5, 6);
        assertEntry(2, 6, SOMEWHERE, 7);
        assertEquals(2, batch.runEnd(0));
        assertEquals(3, batch.size());
        assertEquals(7, batch.tailOffset());
        assertThrows(BufferOverflowException.class, () -> batch.commit(null, 1, 2), "two entries, and one is left");
        assertThrows(BufferOverflowException.class, () -> batch.commit(null, 4, 4), "four bytes, and three are left");
        assertThrows(BufferOverflowException.class, () -> batch.commit(null, 1, -1));
        assertThrows(IllegalArgumentException.class, () -> batch.commit(null, 0, 1));
        assertEquals(3, batch.size());
        assertEquals(1, batch.commit(null, 5, 0), "an empty datagram");
        assertEntry(3, 7, null);
    }

    @Test
    void segmentsThatFillTheirSizeAreNoMoreThanThose() {
        batch.tail().put(bytes(1, 2, 3, 4));
        assertEquals(2, batch.commit(null, 2, 4));
        assertEntry(1, 2, null, 3, 4);
        assertEquals(1, batch.commit(null, 9, 2), "less than a segment is one datagram");
        assertEntry(2, 4, null, 0, 0);
    }

    /** What a provider has checked in a view is what it sends, whatever becomes of the batch. */
    @Test
    void S9_aViewStaysWhatItWas() {
        batch.add(SOMEWHERE, bytes(1));
        batch.add(null, bytes(2, 2));
        batch.add(null, bytes(3, 3));
        DatagramBatch view = new DatagramBatch(4, 5);
        assertTrue(view.add(SOMEWHERE, bytes(9)));
        view.view(batch, 1, 3);
        batch.clear();
        batch.add(SOMEWHERE, bytes(4, 4, 4, 4));
        assertEquals(2, view.size());
        assertEquals(2, view.runEnd(0));
        assertEquals(1, view.offset(0));
        assertEquals(2, view.length(1));
        assertNull(view.remoteAddress(1));
        assertSame(batch.memory(), view.memory());
        assertEquals(0, view.remainingBytes());
        assertFalse(view.add(null, bytes(1)));
        assertThrows(IndexOutOfBoundsException.class, () -> view.view(batch, 0, 2));
        assertThrows(IllegalArgumentException.class, () -> new DatagramBatch(1, 0).view(view, 0, 2));
        view.clear();
        assertEquals(5, view.remainingBytes());
        assertTrue(view.add(null, bytes(7)));
        assertEquals((byte) 7, view.memory().get(0));
    }

    /** Two threads that use a batch at once, against its contract, can't make a view reach outside of its memory. */
    @Test
    void S9_aViewOfABatchInUseStaysInsideItsMemory() throws Exception {
        DatagramBatch raced = new DatagramBatch(64, 4_096);
        AtomicBoolean done = new AtomicBoolean();
        Runnable filling = () -> {
            Random random = new Random(7);
            while (!done.get()) {
                try {
                    raced.clear();
                    for (int i = 0; i < 64; i++) {
                        raced.commit(random.nextBoolean() ? SOMEWHERE : null, random.nextInt(100));
                    }
                } catch (RuntimeException misuse) { // no room, as the other thread has filled it
                }
            }
        };
        List<Thread> threads = List.of(new Thread(filling), new Thread(filling));
        threads.forEach(Thread::start);
        DatagramBatch view = new DatagramBatch(64, 0);
        for (int round = 0; round < 200_000; round++) {
            try {
                view.view(raced, 0, raced.size());
            } catch (IllegalStateException | IndexOutOfBoundsException refused) {
                continue;
            }
            for (int i = 0; i < view.size(); i = view.runEnd(i)) {
                assertTrue(view.offset(i) >= 0 && view.length(i) >= 0);
                int last = view.runEnd(i) - 1;
                assertTrue(view.offset(last) + view.length(last) <= 4_096);
            }
        }
        done.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void entriesBeyondTheSizeAreOutOfBounds() {
        batch.add(SOMEWHERE, bytes(1));
        batch.add(SOMEWHERE, bytes(2));
        batch.removeIf(1, i -> true);
        for (int index : new int[] {-1, 1, 2, 4}) {
            assertThrows(IndexOutOfBoundsException.class, () -> batch.offset(index));
            assertThrows(IndexOutOfBoundsException.class, () -> batch.length(index));
            assertThrows(IndexOutOfBoundsException.class, () -> batch.remoteAddress(index));
            assertThrows(IndexOutOfBoundsException.class, () -> batch.bytes(index));
        }
    }

    @Test
    void takesOutWhatIsUnwanted() {
        batch.add(SOMEWHERE, bytes(1));
        batch.add(null, bytes(2, 2));
        batch.add(SOMEWHERE, bytes(3, 3, 3));
        batch.add(null, bytes(4));
        assertEquals(2, batch.removeIf(1, i -> batch.length(i) != 3));
        assertEquals(2, batch.size());
        assertEntry(0, 0, SOMEWHERE, 1);
        assertEntry(1, 3, SOMEWHERE, 3, 3, 3);
        assertEquals(4, batch.remainingBytes(), "free is what lies behind the last that is kept");
        assertEquals(0, batch.removeIf(2, i -> true));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.removeIf(3, i -> true));
        assertTrue(batch.add(null, bytes(5)));
        assertEntry(2, 6, null, 5);
        assertEntry(1, 3, SOMEWHERE, 3, 3, 3);
    }

    private record Entry(InetSocketAddress remote, DatagramPath path, byte[] payload) {}

    /** However it was filled, taken from and cleared: entries are what they were, and runs are what one finds by looking. */
    @Test
    void entriesAndRunsStayWhatTheyAre() {
        DatagramBatch mixed = new DatagramBatch(12, 40);
        List<Entry> expected = new ArrayList<>();
        Random random = new Random(2026);
        for (int step = 0; step < 20_000; step++) {
            int choice = random.nextInt(20);
            if (choice == 0) {
                mixed.clear();
                expected.clear();
            } else if (choice < 3) {
                removeSome(mixed, expected, random);
            } else {
                InetSocketAddress remote = random.nextInt(4) == 0 ? SOMEWHERE : null;
                DatagramPath path = step < 5_000 ? null : PATHS.get(random.nextInt(10) / 4);
                byte[] payload = new byte[random.nextInt(4) == 0 ? 2 : 3];
                random.nextBytes(payload);
                if (mixed.add(remote, ByteBuffer.wrap(payload), path)) {
                    expected.add(new Entry(remote, path, payload));
                }
            }
            assertHolds(expected, mixed, "step " + step);
        }
        assertThrows(IndexOutOfBoundsException.class, () -> mixed.runEnd(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> mixed.runEnd(mixed.size()));
    }

    private static void removeSome(DatagramBatch mixed, List<Entry> expected, Random random) {
        BitSet unwanted = BitSet.valueOf(new long[] {random.nextLong() & random.nextLong()});
        int from = random.nextInt(mixed.size() + 1);
        unwanted.clear(0, from);
        unwanted.clear(mixed.size(), 64);
        assertEquals(unwanted.cardinality(), mixed.removeIf(from, unwanted::get));
        for (int i = unwanted.length() - 1; i >= 0; i = unwanted.previousSetBit(i - 1)) {
            expected.remove(i);
        }
    }

    private static void assertHolds(List<Entry> expected, DatagramBatch mixed, String when) {
        assertEquals(expected.size(), mixed.size(), when);
        for (int i = 0; i < mixed.size(); i++) { // from both ends, so that it jumps near and far
            assertHolds(expected, mixed, i, when + ", index " + i);
            assertHolds(expected, mixed, mixed.size() - 1 - i, when + ", from behind index " + i);
        }
    }

    private static void assertHolds(List<Entry> expected, DatagramBatch mixed, int index, String which) {
        assertSame(expected.get(index).remote, mixed.remoteAddress(index), which);
        assertSame(expected.get(index).path, mixed.path(index), which);
        assertArrayEquals(expected.get(index).payload, mixed.bytes(index), which);
        assertEquals(runEndByLooking(mixed, index), mixed.runEnd(index), which);
    }

    private static int runEndByLooking(DatagramBatch mixed, int index) {
        int next = index + 1;
        while (next < mixed.size()
                && mixed.remoteAddress(next) == mixed.remoteAddress(index)
                && mixed.path(next) == mixed.path(index)
                && mixed.length(next) == mixed.length(index)
                && mixed.offset(next) == mixed.offset(next - 1) + mixed.length(index)) {
            next++;
        }
        return next;
    }

    @Test
    void O3_aPathIsOfThoseThatWereGivenIt() {
        DatagramPath path = PATHS.get(0);
        DatagramBatch mixed = new DatagramBatch(20, 100);
        mixed.add(SOMEWHERE, bytes(1));
        assertNull(mixed.path(0));
        mixed.commit(SOMEWHERE, 2, 5, path);
        mixed.commit(SOMEWHERE, 1, path);
        mixed.commit(SOMEWHERE, 1);
        mixed.add(SOMEWHERE, bytes(7), PATHS.get(1));
        List<DatagramPath> expected = Arrays.asList(null, path, path, path, path, null, PATHS.get(1));
        DatagramBatch view = new DatagramBatch(10, 0);
        view.view(mixed, 0, mixed.size());
        for (int i = 0; i < expected.size(); i++) {
            assertSame(expected.get(i), mixed.path(i), "index " + i);
            assertSame(expected.get(i), view.path(i), "index " + i + " of a view");
        }
        mixed.clear();
        mixed.add(SOMEWHERE, bytes(1));
        assertNull(mixed.path(0), "what was there before is gone");
    }

    @Test
    void canBeUsedAgainOnceCleared() {
        batch.add(SOMEWHERE, bytes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        batch.clear();
        assertEquals(0, batch.size());
        assertEquals(10, batch.remainingBytes());
        assertTrue(batch.add(null, bytes(7)));
        assertEntry(0, 0, null, 7);
    }

    @Test
    void needsRoomForSomething() {
        assertThrows(IllegalArgumentException.class, () -> new DatagramBatch(0, 10));
        assertThrows(IllegalArgumentException.class, () -> new DatagramBatch(1, -1));
        DatagramBatch onlyEmptyOnes = new DatagramBatch(1, 0);
        assertTrue(onlyEmptyOnes.add(null, bytes()));
    }

    private void assertEntry(int index, int offset, InetSocketAddress remote, int... payload) {
        assertEquals(offset, batch.offset(index));
        assertEquals(payload.length, batch.length(index));
        if (remote == null) {
            assertNull(batch.remoteAddress(index));
        } else {
            assertSame(remote, batch.remoteAddress(index));
        }
        assertArrayEquals(bytes(payload).array(), batch.bytes(index));
        for (int i = 0; i < payload.length; i++) {
            assertEquals((byte) payload[i], batch.memory().get(offset + i));
        }
    }

    private static ByteBuffer bytes(int... values) {
        byte[] array = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            array[i] = (byte) values[i];
        }
        return ByteBuffer.wrap(array);
    }
}
