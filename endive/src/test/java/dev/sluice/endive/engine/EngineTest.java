// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.engine;

import static dev.sluice.endive.Assembler.I32;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.endive.Assembler;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/** Interpreting and compiling a module. */
@Timeout(120)
class EngineTest {
    private static final int[] NONE = {};
    private static final int[] ONE = {I32};

    /** 1 if the calling function has been compiled. */
    private static final HostFunction IS_COMPILED = new HostFunction(
            "test", "is-compiled", FunctionType.of(List.of(), List.of(ValType.I32)), (instance, arguments) ->
                    new long[] {isCompiled("func_1") ? 1 : 0});

    private static boolean isCompiled(String function) {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(f -> f.getMethodName().equals(function)));
    }

    private static Instance instance(WasmModule module, Engine engine) {
        return Instance.builder(module)
                .withImportValues(
                        ImportValues.builder().addFunction(IS_COMPILED).build())
                .withMachineFactory(engine)
                .build();
    }

    @Test
    void aLoopThatIsInterpretedCallsCompiledCodeOnceThereIsSome() {
        WasmModule module = Parser.parse(Assembler.core()
                .importFunction("test", "is-compiled", NONE, I32)
                .memory(1)
                .function("inner", NONE, ONE, 0x10, 0) // call 0
                .function("loop", NONE, NONE, 0x03, 0x40, 0x10, 1, 0x45, 0x0d, 0, 0x0b) // loop call 1 i32.eqz br_if 0
                .build());
        instance(module, Engine.compiling(module)).export("loop").apply();
    }

    @Test
    void aSmallModuleIsWaitedFor() {
        WasmModule module = Parser.parse(Assembler.core()
                .importFunction("test", "is-compiled", NONE, I32)
                .memory(1)
                .function("inner", NONE, ONE, 0x10, 0)
                .build());
        Engine engine = Engine.compiling(module);
        Instance instance = instance(module, engine);
        engine.prepare();
        assertArrayEquals(new long[] {1}, instance.export("inner").apply());
        assertArrayEquals(
                new long[] {0},
                instance(module, Engine.interpreting()).export("inner").apply());
    }

    /** Function 0 returns its argument, and large functions, numbers 1 to 4, add 1, each by a call of the one before. */
    private static byte[] withLargeFunctions(int instructions) {
        Assembler assembler = Assembler.core().memory(1).function("f0", ONE, ONE, 0x20, 0);
        int[] nops = IntStream.range(0, instructions)
                .flatMap(i -> IntStream.of(0x41, 0, 0x1a)) // i32.const 0, drop
                .toArray();
        for (int i = 1; i <= 4; i++) {
            int[] end = {0x20, 0, 0x10, i - 1, 0x41, 1, 0x6a};
            int[] code = IntStream.concat(IntStream.of(nops), IntStream.of(end)).toArray();
            assembler.function("f" + i, ONE, ONE, code);
        }
        return assembler.function("f5", ONE, ONE, 0x20, 0, 0x10, 4).build();
    }

    @Test
    void functionsTooLargeForTheJvmAreInterpretedAmongCompiledOnes() throws Exception {
        WasmModule module = Parser.parse(withLargeFunctions(40_000));
        assertEquals(
                Set.of(1, 2, 3, 4),
                CompilePlan.of(module, CompilePlan.MOST_METHOD_BYTES).interpreted());
        Compilation compilation = Compilation.start(module, null);
        compilation.await(Long.MAX_VALUE);
        Instance instance = Instance.builder(module)
                .withMachineFactory(compilation.machines())
                .build();
        assertArrayEquals(new long[] {46}, instance.export("f5").apply(42));
        Engine engine = Engine.compiling(module);
        instance = instance(module, engine);
        engine.prepare();
        assertArrayEquals(new long[] {46}, instance.export("f5").apply(42));
    }

    @Test
    void whatIsNotUsedIsNotCompiled() {
        WasmModule module = Parser.parse(withLargeFunctions(1));
        assertNotNull(new ModuleCompiler(module, null, () -> true).compile());
        assertNull(new ModuleCompiler(module, null, () -> false).compile());
        int[] asked = {0};
        assertNull(new ModuleCompiler(module, null, () -> asked[0]++ == 0).compile());
        assertEquals(2, asked[0], "asked again after some functions");
    }

    @Test
    void whatWouldTakeTheCompilerTooLongIsNotCompiled() {
        Assembler assembler = Assembler.core().memory(1);
        for (int i = 0; i < 4600; i++) { // as many types as functions
            assembler.function("f" + i, NONE, NONE);
        }
        WasmModule module = Parser.parse(assembler.build());
        assertFalse(CompilePlan.of(module, CompilePlan.MOST_METHOD_BYTES).compiles());
    }

    /** The compiler would fail for the whole module. */
    @Test
    void aFunctionWithVectorInstructionsIsInterpreted() {
        WasmModule module = Parser.parse(Assembler.core()
                .memory(1)
                .function("vector", NONE, NONE, 0x41, 1, 0xfd, 15, 0x1a) // i8x16.splat
                .function("scalar", NONE, NONE)
                .build());
        assertEquals(
                Set.of(0), CompilePlan.of(module, CompilePlan.MOST_METHOD_BYTES).interpreted());
        assertNotNull(new ModuleCompiler(module, null, () -> true).compile());
    }

    @Test
    void aFunctionWithManyLocalsAndBranchesIsInterpreted() {
        int[] ifs = IntStream.range(0, 500)
                .flatMap(i -> IntStream.of(0x20, 0, 0x04, 0x40, 0x0b)) // local.get 0, if, end
                .toArray();
        WasmModule module = Parser.parse(Assembler.core()
                .memory(1)
                .function("many", 10_000, ONE, NONE, ifs)
                .function("few", 10, ONE, NONE, ifs)
                .build());
        assertEquals(
                Set.of(0), CompilePlan.of(module, CompilePlan.MOST_METHOD_BYTES).interpreted());
    }

    @Test
    void theOperandStackIsFollowed() {
        int[] pushes =
                IntStream.range(0, 2000).flatMap(i -> IntStream.of(0x41, 0)).toArray();
        int[] drops = IntStream.range(0, 2000).map(i -> 0x1a).toArray();
        int[] ifs = IntStream.range(0, 5000)
                .flatMap(i -> IntStream.of(0x41, 0, 0x04, 0x40, 0x0b))
                .toArray();
        int[] deep = IntStream.concat(IntStream.concat(IntStream.of(pushes), IntStream.of(ifs)), IntStream.of(drops))
                .toArray();
        WasmModule module = Parser.parse(Assembler.core()
                .memory(1)
                .function("deep", NONE, NONE, deep)
                .function("flat", NONE, NONE, ifs)
                .build());
        FunctionType type = FunctionType.of(List.of(), List.of());
        FunctionCost cost = FunctionCost.of(
                module.typeSection(),
                List.of(type, type),
                0,
                module.codeSection().getFunctionBody(0));
        assertTrue(cost.frameEntries() > 2000 * 10_000L, () -> "" + cost.frameEntries());
        FunctionCost flat = FunctionCost.of(
                module.typeSection(),
                List.of(type, type),
                1,
                module.codeSection().getFunctionBody(1));
        assertTrue(flat.frameEntries() < 20_000, () -> "" + flat.frameEntries());
    }
}
