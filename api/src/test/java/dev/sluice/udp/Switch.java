// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Somebody else's pollable, switched by hand. */
final class Switch implements Pollable {
    /** One permit for each {@code onReady}: to wait until somebody waits. */
    final Semaphore registrations = new Semaphore(0);

    private final List<Runnable> actions = new ArrayList<>();
    private boolean on;

    Switch() {}

    Switch(boolean on) {
        this.on = on;
    }

    @Override
    public synchronized boolean ready() {
        return on;
    }

    @Override
    public Registration onReady(Runnable action) {
        synchronized (this) {
            if (!on) {
                Runnable once = action::run; // two registrations of the same action are two
                actions.add(once);
                registrations.release();
                return () -> cancel(once);
            }
        }
        action.run();
        return () -> {};
    }

    private synchronized void cancel(Runnable action) {
        actions.remove(action);
    }

    /** How many callbacks are registered. */
    synchronized int waiting() {
        return actions.size();
    }

    void set(boolean ready) {
        synchronized (this) {
            on = ready;
        }
        if (ready) {
            fire();
        }
    }

    /** Calls everybody back, whether it is ready or not. */
    void fire() {
        List<Runnable> called;
        synchronized (this) {
            called = List.copyOf(actions);
            actions.clear();
        }
        called.forEach(Runnable::run);
    }
}
