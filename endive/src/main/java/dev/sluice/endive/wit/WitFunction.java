// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wit;

import dev.sluice.endive.abi.GuestMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * The type of a function of WIT, by which it is called in both directions.
 *
 * @param isAsync whether it is asynchronous
 * @param parameters the types of its parameters, as one tuple
 * @param result the type of its result; null if it has none
 */
public record WitFunction(boolean isAsync, TupleType parameters, WitType result) {
    private static final int MOST_FLAT_PARAMETERS = 16;

    /** Reads a type written in WIT: {@code func(name: type, …) -> type}. */
    public static WitFunction parse(String text) {
        return new WitParser(text).function();
    }

    static ValueException mismatch(WitType type, Object value) {
        String given = value == null ? "null" : value.getClass().getName();
        return new ValueException("A value of type " + type + " is needed, but it is " + given);
    }

    private boolean parametersAreFlat() {
        return parameters.flat().size() <= MOST_FLAT_PARAMETERS;
    }

    private boolean resultIsFlat() {
        return result == null || result.flat().size() <= 1;
    }

    /** The core type of a guest's function of this type. */
    public FunctionType exported() {
        return FunctionType.of(coreParameters(), resultIsFlat() ? flatResult() : List.of(ValType.I32));
    }

    /** The core type of a guest's function of this type that is lifted with a callback. */
    public FunctionType lifted() {
        return FunctionType.of(coreParameters(), List.of(ValType.I32));
    }

    /** The core type of {@code task.return} for it. */
    public FunctionType returned() {
        return FunctionType.of(returnsFlat() ? flatResult() : List.of(ValType.I32), List.of());
    }

    private boolean returnsFlat() {
        return flatResult().size() <= MOST_FLAT_PARAMETERS;
    }

    /** The core type of a guest's import of this type. */
    public FunctionType imported() {
        List<ValType> core = new ArrayList<>(coreParameters());
        if (!resultIsFlat()) {
            core.add(ValType.I32);
        }
        return FunctionType.of(core, resultIsFlat() ? flatResult() : List.of());
    }

    private List<ValType> coreParameters() {
        return parametersAreFlat() ? parameters.flat() : List.of(ValType.I32);
    }

    private List<ValType> flatResult() {
        return result == null ? List.of() : result.flat();
    }

    /**
     * Calls a guest's function.
     *
     * @param memory the guest's memory
     * @param heldBytes how much of it the result may take
     * @param function the core function
     * @param postReturn called with the core results, once they are lifted
     * @param arguments values of the parameters' types
     * @return a value of the result's type, or null
     */
    public Object callExport(
            GuestMemory memory,
            long heldBytes,
            Function<long[], long[]> function,
            Function<long[], long[]> postReturn,
            Object... arguments) {
        long[] results = function.apply(lowered(memory, arguments));
        memory.limitLifting(heldBytes);
        Object value = lifted(memory, results);
        postReturn.apply(results);
        return value;
    }

    /** The core arguments of a guest's function, from values of the parameters' types. */
    public long[] lowered(GuestMemory memory, Object... arguments) {
        long[] core = new long[coreParameters().size()];
        List<Object> values = Arrays.asList(arguments);
        if (parametersAreFlat()) {
            parameters.lower(memory, core, 0, values);
        } else {
            int address = memory.allocate(parameters.alignment(), parameters.size());
            parameters.store(memory, address, values);
            core[0] = Integer.toUnsignedLong(address);
        }
        return core;
    }

    /**
     * The result of a guest's function, from the arguments of {@code task.return}.
     *
     * @param memory the guest's memory
     * @param heldBytes how much of it the result may take
     * @param core the core arguments
     * @return a value of the result's type, or null
     */
    public Object returned(GuestMemory memory, long heldBytes, long[] core) {
        if (result == null) {
            return null;
        }
        memory.limitLifting(heldBytes);
        if (returnsFlat()) {
            return result.lift(memory, core, 0);
        }
        int address = (int) core[0];
        memory.check(address, result.size(), result.alignment());
        return result.load(memory, address);
    }

    private Object lifted(GuestMemory memory, long[] results) {
        if (result == null) {
            return null;
        }
        if (resultIsFlat()) {
            return result.lift(memory, results, 0);
        }
        int address = (int) results[0];
        memory.check(address, result.size(), result.alignment());
        return result.load(memory, address);
    }

    /**
     * Serves a guest's call of an import.
     *
     * @param memory the guest's memory
     * @param heldBytes how much of it the arguments may take
     * @param function from values of the parameters' types to a value of the result's type
     * @param core the core arguments
     * @return the core results
     */
    public long[] callImport(GuestMemory memory, long heldBytes, Function<List<Object>, Object> function, long[] core) {
        memory.limitLifting(heldBytes);
        Object value = function.apply(arguments(memory, core));
        if (result == null) {
            return new long[0];
        }
        if (resultIsFlat()) {
            long[] results = new long[1];
            result.lower(memory, results, 0, value);
            return results;
        }
        int address = (int) core[core.length - 1];
        memory.check(address, result.size(), result.alignment());
        result.store(memory, address, value);
        return new long[0];
    }

    @SuppressWarnings("unchecked")
    private List<Object> arguments(GuestMemory memory, long[] core) {
        if (parametersAreFlat()) {
            return (List<Object>) parameters.lift(memory, core, 0);
        }
        int address = (int) core[0];
        memory.check(address, parameters.size(), parameters.alignment());
        return (List<Object>) parameters.load(memory, address);
    }
}
