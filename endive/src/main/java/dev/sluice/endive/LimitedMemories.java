package dev.sluice.endive;

import java.util.function.Function;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.Memory;
import run.endive.wasm.types.MemoryLimits;

/** Makes a guest's memory no larger than its limit, whatever maximum it declares. */
final class LimitedMemories implements Function<MemoryLimits, Memory> {
    private final int mostPages;
    private boolean made;

    LimitedMemories(Limits limits) {
        this.mostPages = (int) Math.min(limits.memoryBytes() / Memory.PAGE_SIZE, Memory.RUNTIME_MAX_PAGES);
    }

    @Override
    public Memory apply(MemoryLimits declared) {
        if (made) {
            throw new Trap("the guest has more than one memory");
        }
        made = true;
        if (declared.initialPages() > mostPages) {
            throw new Trap(
                    "the guest begins with " + declared.initialPages() + " pages of memory, its limit is " + mostPages);
        }
        int maximum = Math.min(declared.maximumPages(), mostPages);
        return new ByteArrayMemory(new MemoryLimits(declared.initialPages(), maximum, declared.shared()));
    }
}
