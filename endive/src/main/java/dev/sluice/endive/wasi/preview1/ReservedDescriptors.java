// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.preview1;

import java.util.BitSet;
import java.util.List;
import run.endive.runtime.HostFunction;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * Descriptor numbers that the C library reserves for its sockets. wasi-libc (as of wasi-sdk 25) implements sockets on
 * handles of WASI 0.2, and asks the adapter for preview 1, which numbers the files, for a number that no file will have:
 * {@code adapter_open_badfd} and {@code adapter_close_badfd}. Guests of this host have no files but the standard streams.
 */
final class ReservedDescriptors {
    private static final int FIRST = 3;

    // errno values of preview 1
    private static final long SUCCESS = 0;
    private static final long BADF = 8;
    private static final long NFILE = 41;

    private final BitSet reserved = new BitSet();
    private final int limit;

    ReservedDescriptors(int limit) {
        this.limit = limit;
    }

    List<HostFunction> functions() {
        FunctionType type = FunctionType.of(List.of(ValType.I32), List.of(ValType.I32));
        return List.of(
                new HostFunction(Preview1.MODULE, "adapter_open_badfd", type, (instance, arguments) -> {
                    int descriptor = reserved.nextClearBit(FIRST);
                    if (descriptor - FIRST >= limit) {
                        return new long[] {NFILE};
                    }
                    instance.memory().writeI32((int) arguments[0], descriptor);
                    reserved.set(descriptor);
                    return new long[] {SUCCESS};
                }),
                new HostFunction(Preview1.MODULE, "adapter_close_badfd", type, (instance, arguments) -> {
                    int descriptor = (int) arguments[0];
                    if (descriptor < FIRST || !reserved.get(descriptor)) {
                        return new long[] {BADF};
                    }
                    reserved.clear(descriptor);
                    return new long[] {SUCCESS};
                }));
    }
}
