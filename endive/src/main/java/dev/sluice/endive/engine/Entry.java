// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.engine;

import dev.sluice.endive.abi.Handles;
import dev.sluice.endive.abi.InterfaceName;
import dev.sluice.endive.abi.Trap;
import dev.sluice.endive.async.Task;
import dev.sluice.endive.async.Tasks;
import dev.sluice.endive.component.InvalidModuleException;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import run.endive.runtime.ExportFunction;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * How a command starts: by {@code wasi:cli/run} of WASI 0.3 or 0.2, or by {@code _start}.
 *
 * @param initialize called before; null if there is none
 * @param function the export that runs the command
 * @param kind how it is lifted
 * @param postReturn called with its result; null if there is none
 */
public record Entry(String initialize, String function, Kind kind, String postReturn) {
    /** How a command's export is lifted. */
    public enum Kind {
        /** {@code _start}, which returns nothing. */
        START(List.of()),
        /** {@code run} of 0.2. */
        SYNCHRONOUS(List.of(ValType.I32)),
        /** {@code run} of 0.3, which blocks its thread. */
        BLOCKING(List.of(ValType.I32)),
        /** {@code run} of 0.3, which blocks its thread, and returns its result by task.return. */
        STACKFUL(List.of()),
        /** {@code run} of 0.3, which returns to the host to wait. */
        CALLBACK(List.of(ValType.I32));

        private final FunctionType type;

        Kind(List<ValType> results) {
            this.type = FunctionType.of(List.of(), results);
        }

        private String prefix() {
            return switch (this) {
                case CALLBACK -> LIFT;
                case STACKFUL -> "[async-lift-stackful]";
                default -> "";
            };
        }
    }

    private static final String RUN = "wasi:cli/run";
    private static final String LIFT = "[async-lift]";
    private static final String CALLBACK = "[callback]";
    private static final String INITIALIZE = "_initialize";
    private static final String POST_RETURN = "cabi_post_";
    private static final FunctionType TO_NOTHING = FunctionType.of(List.of(), List.of());
    private static final FunctionType RETURN = FunctionType.of(List.of(ValType.I32), List.of());
    private static final FunctionType OF_CALLBACK =
            FunctionType.of(List.of(ValType.I32, ValType.I32, ValType.I32), List.of(ValType.I32));

    /** The entry of a module. Refuses one that is not a command. */
    public static Entry of(WasmModule module) throws InvalidModuleException {
        if (exports(module).stream().noneMatch(e -> e.exportType() == ExternalType.MEMORY)) {
            throw new InvalidModuleException("The module exports no memory, which every WASI program does.");
        }
        Kind kind = null;
        String function = null;
        for (Export export : exports(module)) {
            Kind found = kind(export);
            if (found != null
                    && (kind == null || found.compareTo(kind) > 0)) { // the standard library brings run of 0.2
                kind = found;
                function = export.name();
            }
        }
        if (kind == null) {
            throw new InvalidModuleException(
                    "The module exports neither wasi:cli/run@0.2 or @0.3 nor _start, so it is no WASI program to run.");
        }
        require(module, function, kind.type);
        if (kind == Kind.CALLBACK) {
            require(module, CALLBACK + function, OF_CALLBACK);
        }
        require(module, INITIALIZE, TO_NOTHING);
        boolean initialised = kind != Kind.START && isFunction(module, INITIALIZE);
        String postReturn = POST_RETURN + function;
        return new Entry(
                initialised ? INITIALIZE : null, function, kind, isFunction(module, postReturn) ? postReturn : null);
    }

    /** How an export runs the command; null if it doesn't. */
    private static Kind kind(Export export) {
        if (export.exportType() != ExternalType.FUNCTION) {
            return null;
        }
        String name = export.name();
        if (name.equals("_start")) {
            return Kind.START;
        }
        if (isRun(name, InterfaceName::ofWasi02)) {
            return Kind.SYNCHRONOUS;
        }
        return Stream.of(Kind.CALLBACK, Kind.STACKFUL, Kind.BLOCKING)
                .filter(kind -> name.startsWith(kind.prefix())
                        && isRun(name.substring(kind.prefix().length()), InterfaceName::ofWasi03))
                .findFirst()
                .orElse(null);
    }

    private static boolean isRun(String export, UnaryOperator<String> interfaceName) {
        int hash = export.indexOf('#');
        return hash > 0 && export.endsWith("#run") && RUN.equals(interfaceName.apply(export.substring(0, hash)));
    }

    private static List<Export> exports(WasmModule module) {
        var section = module.exportSection();
        return IntStream.range(0, section.exportCount())
                .mapToObj(section::getExport)
                .toList();
    }

    private static void require(WasmModule module, String function, FunctionType type) throws InvalidModuleException {
        for (Export export : exports(module)) {
            if (export.name().equals(function) && !Objects.equals(typeOf(module, export.index()), type)) {
                throw new InvalidModuleException(
                        "The module exports " + function + " with another type than " + type + ".");
            }
        }
    }

    private static FunctionType typeOf(WasmModule module, int function) {
        int own = function - module.importSection().count(ExternalType.FUNCTION);
        return own < 0 || own >= module.functionSection().functionCount()
                ? null // an exported import, which is not the program's own, or a function that does not exist
                : module.functionSection().getFunctionType(own, module.typeSection());
    }

    /** Runs the command. The exit status is the discriminant of the result of {@code run}, and otherwise 0. */
    public int call(Instance instance, Tasks tasks, Handles handles) {
        if (initialize != null) {
            instance.export(initialize).apply();
        }
        int[] status = {0};
        tasks.begin(task(status));
        long[] result = instance.export(function).apply();
        switch (kind) {
            case START -> {}
            case STACKFUL -> tasks.ensureReturned();
            case CALLBACK -> runToExit(instance, (int) result[0], tasks, handles);
            case SYNCHRONOUS, BLOCKING -> {
                status[0] = result[0] == 0 ? 0 : 1;
                if (postReturn != null) {
                    instance.export(postReturn).apply(result);
                }
            }
        }
        return status[0];
    }

    private Task task(int[] status) {
        return switch (kind) {
            case SYNCHRONOUS -> Task.synchronous();
            case START, BLOCKING -> Task.blocking();
            case STACKFUL, CALLBACK ->
                Task.asynchronous(function.substring(kind.prefix().length()), RETURN, call -> {
                    if (call.i32(0) != 0 && call.i32(0) != 1) {
                        throw Trap.badCase(call.i32(0));
                    }
                    status[0] = call.i32(0);
                });
        };
    }

    private void runToExit(Instance instance, int first, Tasks tasks, Handles handles) {
        runToExit(first, instance.export(CALLBACK + function), tasks, handles);
    }

    /** The callback of a library's function that is lifted with one; null if it isn't. */
    public static ExportFunction callback(WasmModule module, Instance instance, String name) {
        String callback = CALLBACK + LIFT + name;
        return isFunction(module, callback) ? export(module, instance, callback, OF_CALLBACK) : null;
    }

    /** A library's function that is lifted with a callback. */
    public static ExportFunction lifted(WasmModule module, Instance instance, String name, FunctionType type) {
        return export(module, instance, LIFT + name, type);
    }

    /** Goes on with a task until it exits. */
    public static void runToExit(int first, ExportFunction callback, Tasks tasks, Handles handles) {
        try {
            tasks.runToExit(first, (event, index, payload) -> (int) callback.apply(event, index, payload)[0], handles);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WasmInterruptedException("interrupted while it waited");
        }
    }

    /** Whether a library has an initialiser. Refuses one without a memory. */
    public static boolean isInitialised(WasmModule module) throws InvalidModuleException {
        if (exports(module).stream().noneMatch(e -> e.exportType() == ExternalType.MEMORY)) {
            throw new InvalidModuleException("The module exports no memory, which every WASI library does.");
        }
        require(module, INITIALIZE, TO_NOTHING);
        return isFunction(module, INITIALIZE);
    }

    /** Calls a library's initialiser. */
    public static void initialise(Instance instance) {
        instance.export(INITIALIZE).apply();
    }

    private static boolean isFunction(WasmModule module, String name) {
        return exports(module).stream()
                .anyMatch(
                        e -> e.exportType() == ExternalType.FUNCTION && e.name().equals(name));
    }

    /** An exported function of that type. */
    public static ExportFunction export(WasmModule module, Instance instance, String name, FunctionType type) {
        if (!isFunction(module, name)) {
            throw new IllegalArgumentException("The library exports no function " + name);
        }
        FunctionType actual = instance.exportType(name);
        if (!actual.equals(type)) {
            throw new IllegalArgumentException(
                    "The library exports " + name + " with the core type " + actual + ", but it is to be " + type);
        }
        return instance.export(name);
    }

    /** What is to be called with the results of a function, once they are lifted. */
    public static ExportFunction postReturn(WasmModule module, Instance instance, String name) {
        String postReturn = POST_RETURN + name;
        return isFunction(module, postReturn) ? instance.export(postReturn) : results -> null;
    }
}
