// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wit;

import dev.sluice.endive.abi.GuestMemory;
import dev.sluice.endive.abi.Strings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import run.endive.wasm.types.ValType;

/** {@code string}, a String. In memory it is a list of bytes. */
record StringType() implements WitType {
    private static final ListType BYTES = new ListType(PrimitiveType.U8);

    @Override
    public int size() {
        return BYTES.size();
    }

    @Override
    public int alignment() {
        return BYTES.alignment();
    }

    @Override
    public List<ValType> flat() {
        return BYTES.flat();
    }

    @Override
    public Object load(GuestMemory memory, int address) {
        return string(memory, memory.getInt(address), memory.getInt(address + 4));
    }

    @Override
    public Object lift(GuestMemory memory, long[] flat, int index) {
        return string(memory, (int) flat[index], (int) flat[index + 1]);
    }

    private static String string(GuestMemory memory, int pointer, int length) {
        memory.checkList(pointer, length, 1, 1);
        memory.spendLifting(length);
        return Strings.lift(memory, pointer, length);
    }

    @Override
    public void store(GuestMemory memory, int address, Object value) {
        BYTES.store(memory, address, bytes(value));
    }

    @Override
    public void lower(GuestMemory memory, long[] flat, int index, Object value) {
        BYTES.lower(memory, flat, index, bytes(value));
    }

    private byte[] bytes(Object value) {
        if (value instanceof String string) {
            return string.getBytes(StandardCharsets.UTF_8);
        }
        throw WitFunction.mismatch(this, value);
    }

    @Override
    public String toString() {
        return "string";
    }
}
