// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionBody;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;

/**
 * Which functions of a module to compile. A file of 2 KB can keep Endive's compiler busy for a minute, and nothing stops
 * it meanwhile, so what would take too long is recognized before and interpreted.
 *
 * @param compiles whether to compile the module at all
 * @param interpreted functions that are not compiled, by their index in the module
 */
record CompilePlan(boolean compiles, Set<Integer> interpreted) {
    /** The JVM's limit is 65535 bytes for a method; the estimate is a rough one. */
    static final int MOST_METHOD_BYTES = 60_000;

    /** More would take the compiler most of a second for one function. */
    private static final long MOST_FRAME_ENTRIES = 4_000_000;

    /** In instructions. 20 million take about 10 s, on a thread that no guest waits for. */
    private static final long MOST_WORK = 20_000_000;

    /** Ten entries of a stack map frame take about as long as an instruction. */
    private static final int ENTRIES_PER_INSTRUCTION = 10;

    /** A plan that interprets functions of more than this estimated size. */
    static CompilePlan of(WasmModule module, int mostMethodBytes) {
        List<FunctionType> types = functionTypes(module);
        int functions = module.functionSection().functionCount();
        int imports = types.size() - functions;
        Set<Integer> interpreted = new HashSet<>();
        // For each type the compiler looks at each function: call_indirect is compiled to a switch.
        long work = (long) module.typeSection().typeCount() * types.size();
        for (int i = 0; i < functions && work <= MOST_WORK; i++) {
            FunctionBody body = module.codeSection().getFunctionBody(i);
            FunctionCost cost = FunctionCost.of(module.typeSection(), types, imports + i, body);
            if (cost.hasVectors() || cost.methodBytes() > mostMethodBytes || cost.frameEntries() > MOST_FRAME_ENTRIES) {
                interpreted.add(imports + i);
            } else {
                work += body.instructions().size() + cost.frameEntries() / ENTRIES_PER_INSTRUCTION;
            }
        }
        return new CompilePlan(work <= MOST_WORK && interpreted.size() < functions, interpreted);
    }

    /** The types of all functions, the imported ones first. */
    private static List<FunctionType> functionTypes(WasmModule module) {
        List<FunctionType> types = new ArrayList<>();
        module.importSection().stream()
                .filter(i -> i.importType() == ExternalType.FUNCTION)
                .forEach(i -> types.add(module.typeSection().getType(((FunctionImport) i).typeIndex())));
        for (int i = 0; i < module.functionSection().functionCount(); i++) {
            types.add(module.functionSection().getFunctionType(i, module.typeSection()));
        }
        return types;
    }
}
