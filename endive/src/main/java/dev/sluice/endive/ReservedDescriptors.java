package dev.sluice.endive;

import java.util.BitSet;
import java.util.List;
import run.endive.runtime.HostFunction;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * Numbers that the C library takes for its own sockets: wasi-libc (as of wasi-sdk 25) makes them of handles of WASI
 * 0.2, and asks the adapter for preview 1, which numbers the files, for a number that no file will have:
 * {@code adapter_open_badfd} and {@code adapter_close_badfd}. Our guests have no files but the standard streams.
 */
final class ReservedDescriptors {
    private static final int FIRST = 3;

    // Preview 1's errno.
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
                    boolean was = descriptor >= FIRST && reserved.get(descriptor);
                    reserved.clear(was ? descriptor : 0);
                    return new long[] {was ? SUCCESS : BADF};
                }));
    }
}
