// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.async;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Does something on an executor, never twice at a time, and once more if it was asked to meanwhile. */
abstract class SerialTask {
    private final Executor executor;
    private final AtomicInteger asked = new AtomicInteger();

    SerialTask(Executor executor) {
        this.executor = executor;
    }

    /** Does what there is to do; throws nothing. */
    abstract void step();

    /** Asks for a {@link #step}. Where the executor takes no more tasks, that runs on this thread: nothing may wait for ever. */
    final void schedule() {
        if (asked.getAndIncrement() > 0) {
            return;
        }
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            run();
        }
    }

    private void run() {
        int seen = asked.get();
        do {
            step();
            seen = asked.addAndGet(-seen);
        } while (seen > 0);
    }
}
