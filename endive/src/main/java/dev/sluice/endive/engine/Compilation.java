// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.engine;

import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasm.WasmModule;

/**
 * The compilation of a module, on one of a few threads that all modules share. It is given up when this object has been
 * collected as garbage, since no program and no guest uses it then.
 */
final class Compilation {
    private static final ThreadPoolExecutor THREADS = threads();

    private final CompletableFuture<Function<Instance, Machine>> result = new CompletableFuture<>();

    private Compilation() {}

    /**
     * Begins to compile.
     *
     * @param module the module
     * @param store keeps compiled code; null for none
     */
    static Compilation start(WasmModule module, CodeStore store) {
        Compilation compilation = new Compilation();
        WeakReference<Compilation> used = new WeakReference<>(compilation);
        THREADS.execute(() -> {
            Function<Instance, Machine> machines =
                    new ModuleCompiler(module, store, () -> used.get() != null).compile();
            Compilation waiting = used.get();
            if (waiting != null) {
                waiting.result.complete(machines);
            }
        });
        return compilation;
    }

    private static ThreadPoolExecutor threads() {
        int most = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(most, most, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(null, task, "sluice-guest-compiler", 0, false);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Creates machines that run compiled code; null while there is no result, or if it ended without one. */
    Function<Instance, Machine> machines() {
        return result.getNow(null);
    }

    /** Waits until it ends, or a time is over. */
    void await(long nanos) throws InterruptedException {
        try {
            result.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // the caller goes on without
        } catch (ExecutionException e) {
            throw new AssertionError(e); // it never ends with an exception
        }
    }
}
