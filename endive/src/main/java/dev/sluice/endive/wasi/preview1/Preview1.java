// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.preview1;

import dev.sluice.endive.wasi.cli.CommandEnvironment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import run.endive.runtime.HostFunction;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasi.WasiOptions;
import run.endive.wasi.WasiPreview1;
import run.endive.wasm.types.FunctionType;

/**
 * Endive's implementation of WASI preview 1, without directories, on the arguments and streams of {@code wasi:cli}. It is
 * created when a module first imports one of its functions.
 */
public final class Preview1 implements AutoCloseable {
    public static final String MODULE = "wasi_snapshot_preview1";

    private final CommandEnvironment environment;
    private final int descriptors;
    private WasiPreview1 implementation;
    private Map<String, HostFunction> functions;

    /**
     * @param environment what the command finds
     * @param descriptors how many descriptors the guest may reserve
     */
    public Preview1(CommandEnvironment environment, int descriptors) {
        this.environment = environment;
        this.descriptors = descriptors;
    }

    /** The function of a name and type, if there is one. */
    public Optional<WasmFunctionHandle> find(String name, FunctionType type) {
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
                .withArguments(environment.arguments())
                .withStdin(new PumpedInput(environment.stdin()), false)
                .withStdout(environment.stdout(), false)
                .withStderr(environment.stderr(), false);
        environment.variables().forEach(wasi::withEnvironment);
        implementation = WasiPreview1.builder().withOptions(wasi.build()).build();
        Map<String, HostFunction> byName = new HashMap<>();
        for (HostFunction function : implementation.toHostFunctions()) {
            byName.put(function.name(), function);
        }
        for (HostFunction function : new ReservedDescriptors(descriptors).functions()) {
            byName.put(function.name(), function);
        }
        for (HostFunction function : UnsupportedCalls.of(byName)) {
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
