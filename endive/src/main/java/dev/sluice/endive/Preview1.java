package dev.sluice.endive;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import run.endive.runtime.HostFunction;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasi.WasiOptions;
import run.endive.wasi.WasiPreview1;
import run.endive.wasm.types.FunctionType;

/** Endive's own WASI preview 1, for guests that import that too: no directories, the same arguments and streams. */
final class Preview1 implements AutoCloseable {
    static final String MODULE = "wasi_snapshot_preview1";

    private final WasiHost.Builder options;
    private final StandardStreams standard;
    private WasiPreview1 implementation;
    private Map<String, HostFunction> functions;

    Preview1(WasiHost.Builder options, StandardStreams standard) {
        this.options = options;
        this.standard = standard;
    }

    /** The function of a name and type, if it is there. */
    Optional<WasmFunctionHandle> find(String name, FunctionType type) {
        if (functions == null) {
            functions = create();
        }
        HostFunction function = functions.get(name);
        return function != null && function.functionType().equals(type)
                ? Optional.of(function.handle())
                : Optional.empty();
    }

    private Map<String, HostFunction> create() {
        WasiOptions.Builder wasi = WasiOptions.builder()
                .withArguments(options.arguments)
                .withStdin(standard.blockingStdin(), false)
                .withStdout(options.stdout, false)
                .withStderr(options.stderr, false);
        options.environment.forEach(wasi::withEnvironment);
        implementation = WasiPreview1.builder().withOptions(wasi.build()).build();
        Map<String, HostFunction> byName = new HashMap<>();
        for (HostFunction function : implementation.toHostFunctions()) {
            byName.put(function.name(), function);
        }
        for (HostFunction function : new ReservedDescriptors(options.limits.handles()).functions()) {
            byName.put(function.name(), function);
        }
        return byName;
    }

    @Override
    public void close() {
        if (implementation != null) {
            implementation.close();
        }
    }
}
