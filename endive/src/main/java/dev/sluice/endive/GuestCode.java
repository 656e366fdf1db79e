// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import dev.sluice.endive.GuestTrapException.Reason;
import dev.sluice.endive.abi.Trap;
import dev.sluice.endive.engine.Engine;
import dev.sluice.endive.engine.GuestStack;
import dev.sluice.endive.engine.LimitedMemories;
import dev.sluice.endive.engine.LimitedTables;
import dev.sluice.endive.engine.Watchdog;
import dev.sluice.endive.wit.ValueException;
import java.util.function.Supplier;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasi.WasiExitException;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;

/** Runs code of a module within limits, and says why it ended if it did not return. */
record GuestCode(WasmModule module, Engine engine) {

    /** A new instance, on which nothing has been called yet. */
    Instance instantiate(WasiHost host) {
        ImportFunction[] functions = host.linked(module).toArray(ImportFunction[]::new);
        Instance instance = Instance.builder(module)
                .withImportValues(ImportValues.builder().addFunction(functions).build())
                .withMachineFactory(engine)
                .withMemoryFactory(new LimitedMemories(host.limits().memoryBytes()))
                .withTableFactory(new LimitedTables())
                .withStart(false)
                .build();
        engine.prepare();
        return instance;
    }

    /** Runs code on the calling thread. */
    <T> T run(Limits limits, Supplier<T> code) {
        try (Watchdog watchdog = Watchdog.over(limits.time())) {
            return run(limits, watchdog, code);
        }
    }

    private <T> T run(Limits limits, Watchdog watchdog, Supplier<T> code) {
        try {
            return code.get();
        } catch (WasiExitException e) {
            throw ended(Reason.TRAP, "the guest exited with status " + e.exitCode(), e);
        } catch (StackOverflowError e) {
            throw ended(Reason.LIMIT, "call stack exhausted", e);
        } catch (OutOfMemoryError e) {
            throw ended(Reason.LIMIT, "the host has no memory left for the guest", e);
        } catch (WasmEngineException e) {
            throw ended(e, watchdog, limits);
        } catch (ValueException e) {
            throw e; // an argument that the caller of a library's function gave
        } catch (RuntimeException | AssertionError e) {
            throw ended(Reason.TRAP, Engine.failure(e), e);
        }
    }

    private GuestTrapException ended(WasmEngineException e, Watchdog watchdog, Limits limits) {
        if (watchdog.hasFired()) {
            return ended(Reason.TIME, "its time of " + limits.time() + " is over", e);
        }
        if (e instanceof WasmInterruptedException || e.getCause() instanceof InterruptedException) {
            Thread.currentThread().interrupt(); // Endive's preview 1 clears the status
            return ended(Reason.INTERRUPTION, "interrupted", e);
        }
        boolean limit = e instanceof Trap trap ? trap.isLimit() : e.getCause() instanceof StackOverflowError;
        return ended(limit ? Reason.LIMIT : Reason.TRAP, String.valueOf(e.getMessage()), e);
    }

    private GuestTrapException ended(Reason reason, String message, Throwable cause) {
        String line = message.lines().findFirst().orElse("trap");
        return new GuestTrapException(reason, line, cause, GuestStack.of(module, cause));
    }
}
