// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Does something when a signal (SIGINT, SIGTERM, SIGHUP) ends the process, before it ends; until this is closed. */
final class SignalAction implements AutoCloseable {
    private static final int MOST_SECONDS = 5;

    private final CountDownLatch isClosed = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean hasBegun;

    SignalAction(Consumer<SignalAction> action) {
        hook = new Thread(
                () -> {
                    hasBegun = true;
                    action.accept(this);
                },
                "signal");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    boolean hasBegun() {
        return hasBegun;
    }

    /** For the action: waits until the command has closed this, and so has ended in order. */
    void awaitClose() {
        try {
            isClosed.await(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        isClosed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it runs already
        }
    }
}
