// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class TransportLockTest {
    private static final int THREADS = 4;
    private static final int TIMES = 20_000;

    private final TransportLock lock = new TransportLock();
    private int counted;

    @Test
    void oneThreadAtATimeHoldsIt() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(this::count));
        }
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(THREADS * TIMES, counted);
        assertEquals(0, lock.held);
    }

    private void count() {
        for (int i = 0; i < TIMES; i++) {
            lock.lock();
            try {
                counted++;
            } finally {
                lock.unlock();
            }
        }
    }

    private static void awaitParked(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void U8_whoWaitsGetsItEvenIfTheStackEndedBeforeItWasWoken() throws Exception {
        lock.lock();
        Thread waiting = new Thread(this::count);
        waiting.start();
        awaitParked(waiting);
        lock.held = 0;
        waiting.join();
        assertEquals(TIMES, counted);
    }

    @Test
    void anInterruptNeitherEndsTheWaitNorIsLost() throws Exception {
        lock.lock();
        boolean[] interrupted = new boolean[1];
        Thread waiting = new Thread(() -> {
            lock.lock();
            interrupted[0] = Thread.interrupted();
            lock.unlock();
        });
        waiting.start();
        awaitParked(waiting);
        waiting.interrupt();
        while (waiting.isInterrupted()) {
            Thread.onSpinWait(); // until it is noticed
        }
        awaitParked(waiting);
        assertFalse(interrupted[0]);
        assertTrue(waiting.isAlive());
        lock.unlock();
        waiting.join();
        assertTrue(interrupted[0]);
    }
}
