// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.engine;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.IntSupplier;

/** Runs a guest on a thread whose stack has a given size, while the calling thread waits. */
public final class GuestThread {
    private GuestThread() {}

    /** The guest's exit status. An interruption of the calling thread is passed on to the guest's, which ends it. */
    public static int run(IntSupplier guest, long stackBytes) {
        FutureTask<Integer> task = new FutureTask<>(guest::getAsInt);
        Thread thread = new Thread(null, task, Thread.currentThread().getName() + "-guest", stackBytes);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    thread.interrupt();
                }
            }
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }
}
