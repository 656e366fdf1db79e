// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.channel;

import dev.sluice.udp.Pollable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** A condition, and the actions to call once it holds (P3). */
final class CallbackPollable implements Pollable {
    /** Whether the thread is running actions: one that registers another doesn't contain it (P4). */
    private static final ThreadLocal<Boolean> RUNNING = ThreadLocal.withInitial(() -> false);

    private final BooleanSupplier condition;
    private final BooleanSupplier end;
    private final Runnable watch;
    private final Executor later;

    /** Guarded by itself. */
    private final Set<Waiter> waiters = new LinkedHashSet<>();

    /**
     * A pollable.
     *
     * @param condition asks, without blocking, whether it is ready
     * @param end asks whether it is ready for good
     * @param watch has {@link #check} called when the channel's state changes
     * @param later runs a task on the provider's thread, soon
     */
    CallbackPollable(BooleanSupplier condition, BooleanSupplier end, Runnable watch, Executor later) {
        this.condition = condition;
        this.end = end;
        this.watch = watch;
        this.later = later;
    }

    private final class Waiter implements Registration {
        private final Runnable action;

        Waiter(Runnable action) {
            this.action = action;
        }

        @Override
        public void cancel() {
            synchronized (waiters) {
                waiters.remove(this);
            }
        }
    }

    @Override
    public boolean ready() {
        return condition.getAsBoolean();
    }

    @Override
    public boolean hasEnded() {
        return end.getAsBoolean();
    }

    @Override
    public Registration onReady(Runnable action) {
        Waiter waiter = new Waiter(Objects.requireNonNull(action, "action"));
        synchronized (waiters) {
            waiters.add(waiter);
        }
        if (!ready()) {
            watch.run();
        }
        check(); // what became ready before the channel was watched
        return waiter;
    }

    boolean hasWaiters() {
        synchronized (waiters) {
            return !waiters.isEmpty();
        }
    }

    /** Calls every action if it is ready; else has the channel watched again. Called under no lock. */
    void check() {
        if (RUNNING.get()) {
            later.execute(this::check);
        } else if (hasWaiters()) {
            if (ready()) {
                wake();
            } else {
                watch.run();
            }
        }
    }

    /** Calls every action. */
    void wake() {
        List<Waiter> woken;
        synchronized (waiters) {
            woken = new ArrayList<>(waiters);
            waiters.clear();
        }
        boolean nested = RUNNING.get();
        RUNNING.set(true);
        try {
            woken.forEach(waiter -> run(waiter.action));
        } finally {
            RUNNING.set(nested);
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (Throwable thrown) { // one action's failure is not another's, nor is its handler's (P5)
            try {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
            } catch (Throwable ignored) { // there is nothing left that could be told
            }
        }
    }
}
