// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one {@code send} remembers of its arguments, so that what was checked is what is sent: the elements of a list, or the
 * entries of a batch. On the heap, because it is held while a {@code Network} is asked, which may take its time.
 */
final class OutgoingCall {
    /** The JDK's own lists, whose {@code toArray} writes into the array and keeps nothing. */
    private static final List<Class<?>> TRUSTED = List.of(
            ArrayList.class,
            Arrays.asList().getClass(),
            List.of().getClass(),
            List.of(1).getClass(),
            new ArrayList<>().subList(0, 0).getClass(),
            List.of(1, 2, 3).subList(0, 1).getClass());

    private final int slot;

    /** Not of the elements' class: storing into it would then check each element. */
    private final Object[] elements = new Object[OutgoingDatagramStream.MAX_PERMIT];

    private int used;
    private DatagramBatch view;

    private OutgoingCall(int slot) {
        this.slot = slot;
    }

    /** A pool of them. */
    static LendingPool<OutgoingCall> pool() {
        return new LendingPool<>() {
            @Override
            protected OutgoingCall make(int slot) {
                return new OutgoingCall(slot);
            }

            @Override
            protected int slotOf(OutgoingCall lent) {
                return lent.slot;
            }
        };
    }

    /**
     * Reads the elements of a list, each once. A foreign list is given no reference to the array: it could keep it, and read
     * and exchange the datagrams of other sockets, whose calls use it next.
     *
     * @param count its size as it was asked for, at most {@link OutgoingDatagramStream#MAX_PERMIT}
     * @throws NullPointerException if an element is null
     */
    Object[] read(List<OutgoingDatagram> datagrams, int count) {
        used = count;
        if (isTrusted(datagrams.getClass())) {
            readTrusted(datagrams, count);
        } else {
            readForeign(datagrams, count);
        }
        for (int i = 0; i < count; i++) {
            if (elements[i] == null) {
                throw new NullPointerException("datagram " + i + " of the list is null");
            }
        }
        return elements;
    }

    private static boolean isTrusted(Class<?> list) {
        for (int i = 0; i < TRUSTED.size(); i++) {
            if (TRUSTED.get(i) == list) {
                return true;
            }
        }
        return false;
    }

    private void readTrusted(List<OutgoingDatagram> datagrams, int count) {
        Object[] read = datagrams.toArray(elements);
        if (read != elements) { // it has grown meanwhile beyond the array
            System.arraycopy(read, 0, elements, 0, count);
        } else if (used < elements.length && elements[used] != null) { // it has grown within it
            used = elements.length;
        }
    }

    private void readForeign(List<OutgoingDatagram> datagrams, int count) {
        int i = 0;
        for (Object element : datagrams) {
            if (i == count) {
                return;
            }
            elements[i++] = element;
        }
        if (i < count) {
            throw new IndexOutOfBoundsException("a list of " + count + " datagrams had " + i + " when it was read");
        }
    }

    /** The entries of a batch as they are now. */
    DatagramBatch view(DatagramBatch batch, int from, int to) {
        if (view == null) {
            view = new DatagramBatch(OutgoingDatagramStream.MAX_PERMIT, 0);
        }
        view.view(batch, from, to);
        return view;
    }

    /** Lets go of what belongs to the application. */
    void clear() {
        Arrays.fill(elements, 0, used, null);
        used = 0;
        if (view != null) {
            view.clear();
        }
    }
}
