// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.engine;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import run.endive.runtime.Instance;
import run.endive.runtime.InterpreterMachine;
import run.endive.runtime.Machine;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasm.WasmModule;

/**
 * Creates the machines that execute the instances of a module. With the compiler, an instance is interpreted until the
 * module has been compiled, on another thread; a small module is waited for, since its first loop may be all it does.
 */
public final class Engine implements Function<Instance, Machine> {
    /** A module of so many instructions is compiled in less than half a second. */
    private static final int SMALL = 50_000;

    private static final long MOST_WAITING = TimeUnit.SECONDS.toNanos(2);

    /** The interpreter's message for an instruction that it does not implement. */
    private static final Pattern UNKNOWN = Pattern.compile(".* recognize Instruction .*?: (\\w+)\\b.*");

    /** Null if the module is not to be compiled. */
    private final WasmModule module;

    private final CodeStore store;
    private Compilation compilation;

    private Engine(WasmModule module, CodeStore store) {
        this.module = module;
        this.store = store;
    }

    public static Engine compiling(WasmModule module) {
        return new Engine(module, null);
    }

    /** Compiles what is not in the store. */
    public static Engine compiling(WasmModule module, CodeStore store) {
        return new Engine(module, store);
    }

    public static Engine interpreting() {
        return new Engine(null, null);
    }

    @Override
    public Machine apply(Instance instance) {
        return module == null ? new InterpreterMachine(instance) : new TieredMachine(instance, compilation());
    }

    private synchronized Compilation compilation() {
        if (compilation == null) {
            compilation = Compilation.start(module, store);
        }
        return compilation;
    }

    /** Waits for the compiler, for a small module and a short time. Throws if the thread is interrupted. */
    public void prepare() {
        if (module == null || !isSmall()) {
            return;
        }
        try {
            compilation().await(MOST_WAITING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WasmInterruptedException("interrupted while the guest was compiled");
        }
    }

    private boolean isSmall() {
        long instructions = 0;
        int functions = module.codeSection().functionBodyCount();
        for (int i = 0; i < functions && instructions <= SMALL; i++) {
            instructions +=
                    module.codeSection().getFunctionBody(i).instructions().size();
        }
        return instructions <= SMALL;
    }

    /** Describes a failure of the engine itself. */
    public static String failure(Throwable e) {
        Matcher unknown = UNKNOWN.matcher(String.valueOf(e.getMessage()));
        return unknown.matches()
                ? "the engine does not implement the instruction " + unknown.group(1)
                : "the engine failed: " + e;
    }
}
