package dev.sluice.udp.spi;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Lends scratch memory to calls, one for each that runs at the same time, and keeps a few for the next. Without locks
 * and, once warm, without allocation; which is why no queue of the JDK's serves.
 */
final class ScratchPool {
    private static final int MOST_KEPT = 16;

    private final AtomicReferenceArray<Scratch> free = new AtomicReferenceArray<>(MOST_KEPT);

    Scratch take() {
        for (int i = 0; i < MOST_KEPT; i++) {
            if (free.getPlain(i) != null) {
                Scratch scratch = free.getAndSet(i, null);
                if (scratch != null) {
                    return scratch;
                }
            }
        }
        return new Scratch();
    }

    void giveBack(Scratch scratch) {
        scratch.clear();
        for (int i = 0; i < MOST_KEPT; i++) {
            if (free.getPlain(i) == null && free.compareAndSet(i, null, scratch)) {
                return;
            }
        }
    }
}
