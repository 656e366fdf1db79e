// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.engine;

import dev.sluice.endive.abi.InterfaceName;
import dev.sluice.endive.component.InvalidModuleException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import run.endive.runtime.ExportFunction;
import run.endive.runtime.Instance;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * How a command starts: by {@code wasi:cli/run} of a version 0.2.x, or by {@code _start}.
 *
 * @param initialize called before; null if there is none
 * @param function the export that runs the command
 * @param returnsResult whether it returns a result, as {@code run} does
 * @param postReturn called with that result; null if there is none
 */
public record Entry(String initialize, String function, boolean returnsResult, String postReturn) {
    private static final String RUN = "wasi:cli/run";
    private static final String INITIALIZE = "_initialize";
    private static final String POST_RETURN = "cabi_post_";
    private static final FunctionType TO_RESULT = FunctionType.of(List.of(), List.of(ValType.I32));
    private static final FunctionType TO_NOTHING = FunctionType.of(List.of(), List.of());

    /** The entry of a module. Refuses one that is not a command. */
    public static Entry of(WasmModule module) throws InvalidModuleException {
        String run = null;
        boolean start = false;
        boolean memory = false;
        String initialize = null;
        for (Export export : exports(module)) {
            String name = export.name();
            memory |= export.exportType() == ExternalType.MEMORY;
            if (export.exportType() == ExternalType.FUNCTION) {
                start |= name.equals("_start");
                run = isRun(name) ? name : run;
                initialize = name.equals(INITIALIZE) ? name : initialize;
            }
        }
        if (!memory) {
            throw new InvalidModuleException("The module exports no memory, which every WASI program does.");
        }
        if (run == null && !start) {
            throw new InvalidModuleException(
                    "The module exports neither wasi:cli/run@0.2 nor _start, so it is no WASI program to run.");
        }
        boolean returnsResult = run != null;
        String function = returnsResult ? run : "_start";
        require(module, function, returnsResult ? TO_RESULT : TO_NOTHING);
        require(module, initialize, TO_NOTHING);
        String postReturn = POST_RETURN + run;
        boolean hasPostReturn = exports(module).stream().anyMatch(e -> e.name().equals(postReturn));
        return new Entry(returnsResult ? initialize : null, function, returnsResult, hasPostReturn ? postReturn : null);
    }

    private static boolean isRun(String export) {
        int hash = export.indexOf('#');
        return hash > 0 && export.endsWith("#run") && RUN.equals(InterfaceName.ofWasi02(export.substring(0, hash)));
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
    public int call(Instance instance) {
        if (initialize != null) {
            instance.export(initialize).apply();
        }
        long[] result = instance.export(function).apply();
        if (!returnsResult) {
            return 0;
        }
        if (postReturn != null) {
            instance.export(postReturn).apply(result);
        }
        return result[0] == 0 ? 0 : 1;
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
