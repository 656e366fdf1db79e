package dev.sluice.endive;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.Instance;
import run.endive.runtime.InterpreterMachine;
import run.endive.runtime.Machine;
import run.endive.wasm.WasmModule;

/**
 * Makes a guest run: compiled, and interpreted where the compiler fails. It is a young compiler, so any failure of its
 * own counts, bytecode that Java refuses included; the program is not to blame.
 */
final class Engine implements Function<Instance, Machine> {
    private static final Function<Instance, Machine> INTERPRETER = InterpreterMachine::new;

    /** What the interpreter says of an instruction that it doesn't have, and doesn't expect after validation. */
    private static final Pattern UNKNOWN = Pattern.compile(".* recognize Instruction .*?: (\\w+) \\[.*");

    private final WasmModule module;
    private volatile Function<Instance, Machine> machines;

    private Engine(WasmModule module, Function<Instance, Machine> machines) {
        this.module = module;
        this.machines = machines;
    }

    static Engine compiling(WasmModule module) {
        return new Engine(module, null);
    }

    static Engine interpreting() {
        return new Engine(null, INTERPRETER);
    }

    @Override
    public Machine apply(Instance instance) {
        try {
            return compiled().apply(instance);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            machines = INTERPRETER;
            return INTERPRETER.apply(instance);
        }
    }

    /** In words, what went wrong when the engine failed, which it should not. */
    static String failure(Throwable e) {
        Matcher unknown = UNKNOWN.matcher(String.valueOf(e.getMessage()));
        return unknown.matches()
                ? "the engine doesn't have the instruction " + unknown.group(1)
                : "the engine failed: " + e;
    }

    private synchronized Function<Instance, Machine> compiled() {
        if (machines == null) {
            machines = MachineFactoryCompiler.builder(module)
                    .withInterpreterFallback(InterpreterFallback.SILENT)
                    .compile();
        }
        return machines;
    }
}
