// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.Pollable;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The socket's own pollable: no operation that it stands for ever takes time (U7). */
enum AlwaysReady implements Pollable {
    INSTANCE;

    private static final class Once extends Actions.Entry implements Registration {
        private final AtomicReference<Runnable> action;

        Once(Runnable action) {
            this.action = new AtomicReference<>(Objects.requireNonNull(action, "action"));
        }

        @Override
        void run() {
            Runnable taken = action.getAndSet(null);
            if (taken != null) {
                taken.run();
            }
        }

        @Override
        public void cancel() {
            action.set(null);
        }
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public Registration onReady(Runnable action) {
        Once once = new Once(action);
        Actions.run(once);
        return once;
    }
}
