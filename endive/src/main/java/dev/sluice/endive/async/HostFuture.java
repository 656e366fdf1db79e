// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.async;

import dev.sluice.endive.async.GuestBuffer.Lowering;
import java.util.concurrent.CompletableFuture;

/** The host's end of a future that the guest reads. It is completed on any thread. */
public final class HostFuture implements HostWriter {
    private final CompletableFuture<Lowering> value;

    /**
     * @param value what lowers the value. It must not fail: a failure is a value, too
     */
    public HostFuture(CompletableFuture<Lowering> value) {
        this.value = value;
    }

    @Override
    public int write(GuestBuffer buffer) {
        if (!value.isDone()) {
            return 0;
        }
        buffer.lower(value.join());
        return 1;
    }

    @Override
    public boolean ready() {
        return value.isDone();
    }

    @Override
    public Registration onReady(Runnable action) {
        CompletableFuture<Void> registered = value.thenRun(action);
        return () -> registered.cancel(false);
    }
}
