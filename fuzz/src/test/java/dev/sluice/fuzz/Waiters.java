// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.Pollable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Callbacks that were registered, and whether they have to have been called. */
final class Waiters {
    private static final int PATIENCE_SECONDS = 10;

    private final List<Semaphore> waiting = new ArrayList<>();
    private final List<Semaphore> due = new ArrayList<>();

    void add(Pollable pollable) {
        Semaphore calls = new Semaphore(0);
        waiting.add(calls);
        pollable.onReady(calls::release);
    }

    /** What they wait for has happened. */
    void mustBeCalled() {
        due.addAll(waiting);
        waiting.clear();
    }

    void requireAllCalled() throws InterruptedException {
        for (Semaphore calls : due) {
            assertTrue(calls.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS), "a callback was not called");
            assertEquals(0, calls.availablePermits(), "a callback was called again");
        }
        due.clear();
    }
}
