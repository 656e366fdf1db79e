// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One thread's wait for one or more pollables, on top of their one-shot callbacks (P1, P3). */
final class Waiting {
    /** How many wake-ups for nothing in a row are taken for bad luck: another thread used up what was ready. */
    private static final int MOST_IN_VAIN = 16;

    /** The pause after each further one: a pollable that calls back without being ready must not make the wait spin. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int[] NONE = {};

    private final Pollable[] pollables;
    private final Pollable.Registration[] registered;
    private final Semaphore signal = new Semaphore(0);

    /** Which callbacks have been called and not been registered again. Guarded by itself. */
    private final boolean[] fired;

    Waiting(List<? extends Pollable> pollables) {
        this.pollables = pollables.toArray(Pollable[]::new);
        if (this.pollables.length == 0) {
            throw new IllegalArgumentException("poll needs at least one pollable: an empty list would wait for ever");
        }
        for (int i = 0; i < this.pollables.length; i++) {
            if (this.pollables[i] == null) {
                throw new NullPointerException("pollable " + i + " is null");
            }
        }
        registered = new Pollable.Registration[this.pollables.length];
        fired = new boolean[this.pollables.length];
    }

    static long nanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException tooLong) { // 292 years
            return timeout.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }

    int[] untilReady(long nanos) throws InterruptedException {
        int[] ready = ready();
        if (ready.length > 0 || nanos <= 0) {
            return ready;
        }
        long start = System.nanoTime();
        try {
            for (int inVain = 0; ; inVain++) {
                register();
                long rest = nanos - (System.nanoTime() - start);
                signal.tryAcquire(Math.max(0, rest), TimeUnit.NANOSECONDS);
                signal.drainPermits();
                ready = readyOfFired();
                rest = nanos - (System.nanoTime() - start);
                if (ready.length > 0) {
                    return ready;
                }
                if (rest <= 0) {
                    return ready();
                }
                if (inVain >= MOST_IN_VAIN) {
                    signal.tryAcquire(Math.min(rest, PAUSE_NANOS), TimeUnit.NANOSECONDS);
                }
            }
        } finally {
            for (Pollable.Registration registration : registered) {
                if (registration != null) {
                    registration.cancel();
                }
            }
        }
    }

    /** Registers the callbacks, or, since they are one-shot, registers those again that have been called. */
    private void register() {
        for (int i = 0; i < pollables.length; i++) {
            if (registered[i] == null || hasFired(i, false)) {
                int index = i;
                registered[i] = pollables[i].onReady(() -> {
                    synchronized (fired) {
                        fired[index] = true;
                    }
                    signal.release();
                });
            }
        }
    }

    private boolean hasFired(int index, boolean keep) {
        synchronized (fired) {
            boolean was = fired[index];
            fired[index] = was && keep;
            return was;
        }
    }

    private int[] ready() {
        int[] ready = new int[pollables.length];
        int count = 0;
        for (int i = 0; i < pollables.length; i++) {
            if (pollables[i].ready()) {
                ready[count++] = i;
            }
        }
        return Arrays.copyOf(ready, count);
    }

    /** Asks those whose callback has been called. One that stands there several times is ready at each place. */
    private int[] readyOfFired() {
        Set<Pollable> found = null;
        for (int i = 0; i < pollables.length; i++) {
            if (hasFired(i, true) && pollables[i].ready()) {
                found = found == null ? Collections.newSetFromMap(new IdentityHashMap<>()) : found;
                found.add(pollables[i]);
            }
        }
        return found == null ? NONE : places(found);
    }

    private int[] places(Set<Pollable> found) {
        int[] places = new int[pollables.length];
        int count = 0;
        for (int i = 0; i < pollables.length; i++) {
            if (found.contains(pollables[i])) {
                places[count++] = i;
            }
        }
        return Arrays.copyOf(places, count);
    }
}
