package dev.sluice.udp;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One thread's wait for one or more pollables, on top of their one-shot callbacks (P1, P3). */
final class Waiting {
    private final Pollable[] pollables;
    private final Semaphore signal = new Semaphore(0);

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
        Pollable.Registration[] registered = new Pollable.Registration[pollables.length];
        boolean[] fired = new boolean[pollables.length];
        try {
            register(registered, fired);
            while (true) {
                long rest = nanos == Long.MAX_VALUE ? nanos : nanos - (System.nanoTime() - start);
                boolean signalled = signal.tryAcquire(rest, TimeUnit.NANOSECONDS);
                signal.drainPermits();
                ready = ready();
                if (ready.length > 0 || !signalled) {
                    return ready;
                }
                // Another thread used up what was ready. Callbacks are one-shot: renew those that have been called.
                register(registered, fired);
            }
        } finally {
            for (Pollable.Registration registration : registered) {
                if (registration != null) {
                    registration.cancel();
                }
            }
        }
    }

    private void register(Pollable.Registration[] registered, boolean[] fired) {
        for (int i = 0; i < pollables.length; i++) {
            if (registered[i] == null || take(fired, i)) {
                int index = i;
                registered[i] = pollables[i].onReady(() -> {
                    put(fired, index);
                    signal.release();
                });
            }
        }
    }

    private static void put(boolean[] fired, int index) {
        synchronized (fired) {
            fired[index] = true;
        }
    }

    private static boolean take(boolean[] fired, int index) {
        synchronized (fired) {
            boolean was = fired[index];
            fired[index] = false;
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
}
