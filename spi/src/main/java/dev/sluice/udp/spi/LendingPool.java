// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lends objects to calls, one to each that runs at the same time, and keeps sixteen for the next. Without locks and, once
 * warm, without allocation and without storing a reference, which costs more still (the collector's barrier); which is why
 * none of the JDK's queues serves. An object that comes above the sixteen is forgotten when it is given back: it must need
 * no closing.
 *
 * <p>Safe on any thread.
 *
 * @param <T> what is lent
 */
public abstract class LendingPool<T> {
    private static final int MOST_KEPT = 16;

    /** Each is made by the first call that is given its slot, and stays there. */
    private final Object[] kept = new Object[MOST_KEPT];

    /** A bit for each slot: whether its object is lent. */
    private final AtomicInteger lent = new AtomicInteger();

    /** For subclasses. */
    protected LendingPool() {}

    /**
     * Makes the object of a slot.
     *
     * @param slot what {@link #slotOf} is to answer for it
     * @return a new object
     */
    protected abstract T make(int slot);

    /**
     * Says for which slot an object was made.
     *
     * @param lent the object
     * @return its slot
     */
    protected abstract int slotOf(T lent);

    /**
     * Borrows an object.
     *
     * @return one that is lent to no one else, in the state in which it was given back
     */
    public final T take() {
        int before = lent.get();
        int slot = freeSlot(before);
        while (slot < MOST_KEPT && !lent.compareAndSet(before, before | 1 << slot)) {
            before = lent.get();
            slot = freeSlot(before);
        }
        if (slot >= MOST_KEPT) {
            return make(slot);
        }
        @SuppressWarnings("unchecked")
        T object = (T) kept[slot];
        return object != null ? object : keep(slot);
    }

    private static int freeSlot(int lent) {
        return Integer.numberOfTrailingZeros(~lent);
    }

    private T keep(int slot) {
        boolean made = false;
        try {
            T object = make(slot);
            kept[slot] = object;
            made = true;
            return object;
        } finally {
            if (!made) { // for want of memory
                free(slot);
            }
        }
    }

    /**
     * Gives an object back.
     *
     * @param object what was taken from this pool; not to be used afterwards
     */
    public final void giveBack(T object) {
        int slot = slotOf(object);
        if (slot < MOST_KEPT) {
            free(slot);
        }
    }

    private void free(int slot) {
        lent.addAndGet(-(1 << slot));
    }
}
