// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.engine;

import dev.sluice.endive.abi.Trap;
import java.util.function.Function;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.Memory;
import run.endive.wasm.types.MemoryLimits;

/** Creates a guest's memory, no larger than its limit. */
public final class LimitedMemories implements Function<MemoryLimits, Memory> {
    private final int mostPages;
    private boolean made;

    public LimitedMemories(long limitBytes) {
        this.mostPages = (int) Math.min(limitBytes / Memory.PAGE_SIZE, Memory.RUNTIME_MAX_PAGES);
    }

    @Override
    public Memory apply(MemoryLimits declared) {
        if (made) {
            throw new Trap("the guest has more than one memory");
        }
        made = true;
        if (declared.initialPages() > mostPages) {
            throw Trap.limit("the guest's memory begins with " + declared.initialPages() + " pages, but its limit is "
                    + mostPages);
        }
        int maximum = Math.min(declared.maximumPages(), mostPages);
        return new ByteArrayMemory(new MemoryLimits(declared.initialPages(), maximum, declared.shared()));
    }
}
