package dev.sluice.endive.engine;

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
 * Creates the machine that executes a guest: compiled to Java bytecode, or interpreted where the compiler fails. Every
 * failure of the compiler counts, including bytecode that the JVM rejects, since a valid module must run.
 */
public final class Engine implements Function<Instance, Machine> {
    private static final Function<Instance, Machine> INTERPRETER = InterpreterMachine::new;

    /** The interpreter's message for an instruction that it does not implement. */
    private static final Pattern UNKNOWN = Pattern.compile(".* recognize Instruction .*?: (\\w+) \\[.*");

    private final WasmModule module;
    private volatile Function<Instance, Machine> machines;

    private Engine(WasmModule module, Function<Instance, Machine> machines) {
        this.module = module;
        this.machines = machines;
    }

    public static Engine compiling(WasmModule module) {
        return new Engine(module, null);
    }

    public static Engine interpreting() {
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

    /** Describes a failure of the engine itself. */
    public static String failure(Throwable e) {
        Matcher unknown = UNKNOWN.matcher(String.valueOf(e.getMessage()));
        return unknown.matches()
                ? "the engine does not implement the instruction " + unknown.group(1)
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
