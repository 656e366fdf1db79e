package dev.sluice.endive;

import run.endive.runtime.ExportFunction;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;

/**
 * The guest's linear memory as the canonical ABI uses it: every access is inside of it and aligned, or traps, and memory
 * for results comes from the guest's own {@code cabi_realloc}.
 */
final class GuestMemory {
    private static final String REALLOC = "cabi_realloc";

    private final Memory memory;
    private final ExportFunction realloc;
    private boolean allocating;

    GuestMemory(Instance instance) {
        this.memory = instance.memory();
        this.realloc = findRealloc(instance);
        if (memory == null) {
            throw new Trap("the guest has no memory");
        }
    }

    private static ExportFunction findRealloc(Instance instance) {
        var exports = instance.module().exportSection();
        for (int i = 0; i < exports.exportCount(); i++) {
            if (exports.getExport(i).name().equals(REALLOC)) {
                return instance.export(REALLOC);
            }
        }
        return null;
    }

    /** Traps unless that many bytes lie in the memory, properly aligned. Address and size are unsigned. */
    void check(int address, long size, int alignment) {
        if ((address & (alignment - 1)) != 0) {
            throw new Trap("pointer " + Integer.toUnsignedString(address) + " is not aligned to " + alignment);
        }
        if (Integer.toUnsignedLong(address) + size > bytes()) {
            throw new Trap(size + " bytes at " + Integer.toUnsignedString(address) + " are outside of the memory of "
                    + bytes() + " bytes");
        }
    }

    /** Traps unless a list lies in the memory, properly aligned. */
    void checkList(int address, int length, int elementSize, int alignment) {
        check(address, Integer.toUnsignedLong(length) * elementSize, alignment);
    }

    private long bytes() {
        return (long) memory.pages() * Memory.PAGE_SIZE;
    }

    /**
     * Memory that the guest is to own, from its {@code cabi_realloc}. The canonical ABI calls it for nothing at all,
     * too; where a guest has none, any aligned pointer serves for that.
     */
    int allocate(int alignment, int size) {
        if (realloc == null) {
            if (size == 0) {
                return alignment;
            }
            throw new Trap("the guest exports no " + REALLOC + ", which a result of " + size + " bytes needs");
        }
        allocating = true;
        int address = (int) realloc.apply(0, 0, alignment, size)[0];
        allocating = false; // after a trap in there it doesn't matter any more
        try {
            check(address, size, alignment);
        } catch (Trap bad) {
            throw new Trap(REALLOC + "'s result: " + bad.getMessage(), bad);
        }
        return address;
    }

    /** Whether the guest's allocator is at work: it must not call out. */
    boolean isAllocating() {
        return allocating;
    }

    byte[] bytes(int address, int length) {
        checkList(address, length, 1, 1);
        return memory.readBytes(address, length);
    }

    int getInt(int address) {
        return memory.readInt(address);
    }

    void putByte(int address, int value) {
        memory.writeByte(address, (byte) value);
    }

    void putInt(int address, int value) {
        memory.writeI32(address, value);
    }

    void putLong(int address, long value) {
        memory.writeLong(address, value);
    }

    void putBytes(int address, byte[] bytes, int offset, int length) {
        memory.write(address, bytes, offset, length);
    }

    /** Writes a list's pointer and length at an address. */
    void putList(int address, int pointer, int length) {
        memory.writeI32(address, pointer);
        memory.writeI32(address + 4, length);
    }
}
