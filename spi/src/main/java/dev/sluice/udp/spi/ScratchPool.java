package dev.sluice.udp.spi;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lends scratch memory to calls, one for each that runs at the same time, and keeps a few for the next. Without locks
 * and, once warm, without allocation and without storing a reference, which is dearer still (the collector's barrier);
 * which is why no queue of the JDK's serves.
 */
final class ScratchPool {
    private static final int MOST_KEPT = 16;

    /** Each is made by who first has its place, and stays there. Who has a place, has what is in it. */
    private final Scratch[] kept = new Scratch[MOST_KEPT];

    /** A bit for each place: whether somebody has it. */
    private final AtomicInteger taken = new AtomicInteger();

    Scratch take() {
        int before = taken.get();
        int place = freePlace(before);
        while (place < MOST_KEPT && !taken.compareAndSet(before, before | 1 << place)) {
            before = taken.get();
            place = freePlace(before);
        }
        if (place >= MOST_KEPT) {
            return new Scratch(place);
        }
        Scratch scratch = kept[place];
        return scratch != null ? scratch : make(place);
    }

    private static int freePlace(int taken) {
        return Integer.numberOfTrailingZeros(~taken);
    }

    private Scratch make(int place) {
        try {
            return kept[place] = new Scratch(place);
        } catch (Throwable noMemory) {
            leave(place);
            throw noMemory;
        }
    }

    void giveBack(Scratch scratch) {
        scratch.clear();
        if (scratch.place < MOST_KEPT) {
            leave(scratch.place);
        }
    }

    private void leave(int place) {
        taken.addAndGet(-(1 << place));
    }
}
