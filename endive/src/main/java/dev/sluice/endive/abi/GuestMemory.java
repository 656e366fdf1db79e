// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.abi;

import run.endive.runtime.ExportFunction;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;

/**
 * The guest's linear memory as the canonical ABI uses it: an access that is out of bounds or not aligned traps, and
 * memory for results is allocated by the guest's own {@code cabi_realloc}.
 */
public final class GuestMemory {
    private static final String REALLOC = "cabi_realloc";

    private final Memory memory;
    private final ExportFunction realloc;
    private boolean allocating;
    private long liftingLimit;
    private long liftingLeft;

    public GuestMemory(Instance instance) {
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

    /** Traps unless that many bytes are in bounds and the address is aligned. Address and size are unsigned. */
    public void check(int address, long size, int alignment) {
        if ((address & (alignment - 1)) != 0) {
            throw new Trap("pointer " + Integer.toUnsignedString(address) + " is not aligned to " + alignment);
        }
        if (Integer.toUnsignedLong(address) + size > bytes()) {
            throw new Trap(size + " bytes at " + Integer.toUnsignedString(address) + " are outside of the memory of "
                    + bytes() + " bytes");
        }
    }

    /** Traps unless a list of that many elements is in bounds and aligned. */
    public void checkList(int address, int length, int elementSize, int alignment) {
        check(address, Integer.toUnsignedLong(length) * elementSize, alignment);
    }

    private long bytes() {
        return (long) memory.pages() * Memory.PAGE_SIZE;
    }

    /**
     * Allocates memory for the guest with its {@code cabi_realloc}. The canonical ABI calls it for 0 bytes, too; a
     * guest without it gets an aligned pointer for 0 bytes.
     */
    public int allocate(int alignment, int size) {
        if (realloc == null) {
            if (size == 0) {
                return alignment;
            }
            throw new Trap("the guest exports no " + REALLOC + ", which a result of " + size + " bytes needs");
        }
        allocating = true;
        int address = (int) realloc.apply(0, 0, alignment, size)[0];
        allocating = false; // not after a trap, which ends the guest
        try {
            check(address, size, alignment);
        } catch (Trap bad) {
            throw new Trap(REALLOC + "'s result: " + bad.getMessage(), bad);
        }
        return address;
    }

    /** Whether {@code cabi_realloc} is running, which must not call imports. */
    public boolean isAllocating() {
        return allocating;
    }

    /** A copy of a part of the memory. */
    public byte[] bytes(int address, int length) {
        checkList(address, length, 1, 1);
        return memory.readBytes(address, length);
    }

    /** Limits how many bytes {@link #spendLifting} allows from now on: lists may overlap, and so be larger than the memory. */
    public void limitLifting(long bytes) {
        liftingLimit = bytes;
        liftingLeft = bytes;
    }

    /** Traps if lists and strings of more bytes than the limit are lifted. */
    public void spendLifting(long bytes) {
        liftingLeft -= bytes;
        if (liftingLeft < 0) {
            throw Trap.limit("the values of one call have more than " + liftingLimit + " bytes, which is their limit");
        }
    }

    public int getByte(int address) {
        return memory.read(address);
    }

    public int getShort(int address) {
        return memory.readShort(address);
    }

    public long getLong(int address) {
        return memory.readLong(address);
    }

    public int getInt(int address) {
        return memory.readInt(address);
    }

    public void putByte(int address, int value) {
        memory.writeByte(address, (byte) value);
    }

    public void putShort(int address, int value) {
        memory.writeShort(address, (short) value);
    }

    public void putInt(int address, int value) {
        memory.writeI32(address, value);
    }

    public void putLong(int address, long value) {
        memory.writeLong(address, value);
    }

    public void putBytes(int address, byte[] bytes, int offset, int length) {
        memory.write(address, bytes, offset, length);
    }

    /** Writes a list's pointer and length at an address. */
    public void putList(int address, int pointer, int length) {
        memory.writeI32(address, pointer);
        memory.writeI32(address + 4, length);
    }
}
