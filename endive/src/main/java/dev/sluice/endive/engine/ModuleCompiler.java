// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.engine;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.internal.ClassLoadingCollector;
import run.endive.compiler.internal.Compiler;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasm.WasmModule;

/** Compiles a module with Endive's compiler, or takes its code from a store. */
final class ModuleCompiler {
    private static final int MOST_ATTEMPTS = 4;

    /** After each of so many functions the compiler stores a class, and can be stopped. */
    private static final int FUNCTIONS_PER_CLASS = 500;

    private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final WasmModule module;
    private final CodeStore store;
    private final BooleanSupplier wanted;
    private final long begin = System.nanoTime();

    /**
     * @param module the module
     * @param store keeps compiled code; null for none
     * @param wanted asked now and then; false stops compiling
     */
    ModuleCompiler(WasmModule module, CodeStore store, BooleanSupplier wanted) {
        this.module = module;
        this.store = store;
        this.wanted = wanted;
    }

    /**
     * Creates machines that run the compiled code. Null if there is none: if compiling takes too long, is not wanted, or
     * fails. Any failure of the compiler counts, including bytecode that the JVM rejects and a heap that is too small,
     * since a valid module must run.
     */
    Function<Instance, Machine> compile() {
        try {
            ensureWanted();
            Function<Instance, Machine> stored = stored();
            return stored != null ? stored : compileInAttempts();
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError | AssertionError e) {
            return null;
        }
    }

    private Function<Instance, Machine> stored() {
        Map<String, byte[]> classes = store == null ? Map.of() : store.get(module.digest());
        if (classes.isEmpty()) {
            return null;
        }
        ClassLoadingCollector collector = new ClassLoadingCollector();
        String mainClass = classes.keySet().iterator().next();
        classes.forEach((name, bytes) -> {
            if (!name.equals(mainClass)) {
                collector.put(name, bytes);
            }
        });
        collector.putMainClass(mainClass, classes.get(mainClass));
        return collector.machineFactory();
    }

    /** A method that exceeds the JVM's limit makes the compiler fail, so it is tried again with smaller ones. */
    private Function<Instance, Machine> compileInAttempts() {
        int methodBytes = CompilePlan.MOST_METHOD_BYTES;
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            CompilePlan plan = CompilePlan.of(module, methodBytes);
            if (!plan.compiles()) {
                return null;
            }
            try {
                return compile(plan);
            } catch (StoppedException e) {
                return null;
            } catch (RuntimeException e) {
                methodBytes /= 2;
            }
        }
        return null;
    }

    private Function<Instance, Machine> compile(CompilePlan plan) {
        var compiled = Compiler.builder(module)
                .withInterpreterFallback(InterpreterFallback.FAIL)
                .withInterpretedFunctions(plan.interpreted())
                .withMaxFunctionsPerClass(FUNCTIONS_PER_CLASS)
                .withClassCollectorFactory(StoppableCollector::new)
                .build()
                .compile();
        ClassLoadingCollector collector = (ClassLoadingCollector) compiled.collector();
        if (store != null) {
            store.put(module.digest(), collector.classBytes());
        }
        return collector.machineFactory();
    }

    private void ensureWanted() {
        if (!wanted.getAsBoolean() || System.nanoTime() - begin > MOST_NANOS) {
            throw new StoppedException();
        }
    }

    /** Loads the classes as they are generated. */
    private final class StoppableCollector extends ClassLoadingCollector {
        @Override
        public void put(String className, byte[] bytes) {
            ensureWanted();
            super.put(className, bytes);
        }
    }

    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super(null, null, false, false);
        }
    }
}
