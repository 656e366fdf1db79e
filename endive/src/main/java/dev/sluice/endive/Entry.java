package dev.sluice.endive;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import run.endive.runtime.Instance;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/** How a program begins: {@code wasi:cli/run} of some version 0.2.x, or {@code _start}. */
record Entry(String initialize, String function, boolean answers, String postReturn) {
    private static final String RUN = "wasi:cli/run";
    private static final FunctionType TO_RESULT = FunctionType.of(List.of(), List.of(ValType.I32));
    private static final FunctionType TO_NOTHING = FunctionType.of(List.of(), List.of());

    static Entry of(WasmModule module) throws InvalidGuestException {
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
                initialize = name.equals("_initialize") ? name : initialize;
            }
        }
        if (!memory) {
            throw new InvalidGuestException("The module exports no memory, which a WASI program does.");
        }
        if (run == null && !start) {
            throw new InvalidGuestException(
                    "The module exports neither wasi:cli/run@0.2 nor _start, so it is no WASI program to run.");
        }
        boolean answers = run != null;
        String function = answers ? run : "_start";
        require(module, function, answers ? TO_RESULT : TO_NOTHING);
        require(module, initialize, TO_NOTHING);
        String postReturn = "cabi_post_" + run;
        boolean hasPostReturn = exports(module).stream().anyMatch(e -> e.name().equals(postReturn));
        return new Entry(answers ? initialize : null, function, answers, hasPostReturn ? postReturn : null);
    }

    private static boolean isRun(String export) {
        int hash = export.indexOf('#');
        return hash > 0 && export.endsWith("#run") && RUN.equals(Names.ofInterface(export.substring(0, hash)));
    }

    private static List<Export> exports(WasmModule module) {
        var section = module.exportSection();
        return IntStream.range(0, section.exportCount())
                .mapToObj(section::getExport)
                .toList();
    }

    private static void require(WasmModule module, String function, FunctionType type) throws InvalidGuestException {
        for (Export export : exports(module)) {
            if (export.name().equals(function) && !Objects.equals(typeOf(module, export.index()), type)) {
                throw new InvalidGuestException(
                        "The module exports " + function + " with another type than " + type + ".");
            }
        }
    }

    private static FunctionType typeOf(WasmModule module, int function) {
        int own = function - module.importSection().count(ExternalType.FUNCTION);
        return own < 0 || own >= module.functionSection().functionCount()
                ? null // an import exported again, which is nobody's entry, or a function that isn't there
                : module.functionSection().getFunctionType(own, module.typeSection());
    }

    /** Runs it. The exit status: {@code run} answers a result, whose discriminant it is. */
    int call(Instance instance) {
        if (initialize != null) {
            instance.export(initialize).apply();
        }
        long[] result = instance.export(function).apply();
        if (!answers) {
            return 0;
        }
        if (postReturn != null) {
            instance.export(postReturn).apply(result);
        }
        return result[0] == 0 ? 0 : 1;
    }
}
