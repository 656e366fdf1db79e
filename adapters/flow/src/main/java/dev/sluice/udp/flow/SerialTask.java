// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.flow;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs a task whenever there may be something to do: on an executor, never twice at a time, and once more if it was asked for
 * meanwhile. So what the task calls may ask again, from inside, without the stack growing (rules 1.3 and 3.3 of Reactive
 * Streams).
 */
abstract class SerialTask {
    private final Executor executor;
    private final AtomicInteger asked = new AtomicInteger();

    SerialTask(Executor executor) {
        this.executor = executor;
    }

    /** Does what there is to do. */
    abstract void step();

    /** The executor has refused; called as {@link #step} would be. */
    abstract void refused(RejectedExecutionException refusal);

    final void schedule() {
        if (asked.getAndIncrement() > 0) {
            return;
        }
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            refused(e); // and never again: what is asked for later finds this one still running
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
