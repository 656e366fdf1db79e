// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.engine;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs work that does not react to an interruption on a thread of its own, so that its caller can stop waiting. Work that
 * was abandoned goes on until it ends by itself.
 */
public final class Abandonable {
    private Abandonable() {}

    /** The work's result, or what it threw as the cause of an ExecutionException. */
    public static <T> T call(Callable<T> work, Duration time)
            throws InterruptedException, TimeoutException, ExecutionException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(null, task, "sluice-guest-loader", 0, false);
        thread.setDaemon(true);
        thread.start();
        return task.get(Watchdog.nanos(time), TimeUnit.NANOSECONDS);
    }
}
