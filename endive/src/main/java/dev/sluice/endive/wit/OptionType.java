// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wit;

import dev.sluice.endive.abi.GuestMemory;
import dev.sluice.endive.abi.Trap;
import java.util.List;
import java.util.stream.Stream;
import run.endive.wasm.types.ValType;

/** {@code option<some>}: null, or a value. In memory the discriminant is a byte, behind it the value. */
record OptionType(WitType some) implements WitType {
    @Override
    public int size() {
        return alignment() + (some.size() + alignment() - 1 & -alignment());
    }

    @Override
    public int alignment() {
        return some.alignment();
    }

    @Override
    public List<ValType> flat() {
        return Stream.concat(Stream.of(ValType.I32), some.flat().stream()).toList();
    }

    @Override
    public Object load(GuestMemory memory, int address) {
        return isSome(memory.getByte(address)) ? some.load(memory, address + alignment()) : null;
    }

    @Override
    public Object lift(GuestMemory memory, long[] flat, int index) {
        return isSome((int) flat[index]) ? some.lift(memory, flat, index + 1) : null;
    }

    private static boolean isSome(int discriminant) {
        return switch (discriminant) {
            case 0 -> false;
            case 1 -> true;
            default -> throw Trap.badCase(discriminant);
        };
    }

    @Override
    public void store(GuestMemory memory, int address, Object value) {
        memory.putByte(address, value == null ? 0 : 1);
        if (value != null) {
            some.store(memory, address + alignment(), value);
        }
    }

    @Override
    public void lower(GuestMemory memory, long[] flat, int index, Object value) {
        flat[index] = value == null ? 0 : 1; // what follows is 0 for none
        if (value != null) {
            some.lower(memory, flat, index + 1, value);
        }
    }

    @Override
    public String toString() {
        return "option<" + some + ">";
    }
}
