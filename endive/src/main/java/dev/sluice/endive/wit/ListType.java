// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wit;

import dev.sluice.endive.abi.GuestMemory;
import java.util.ArrayList;
import java.util.List;
import run.endive.wasm.types.ValType;

/** {@code list<element>}, a List; {@code list<u8>}, a byte array. */
record ListType(WitType element) implements WitType {
    private static final List<ValType> POINTER_AND_LENGTH = List.of(ValType.I32, ValType.I32);

    @Override
    public int size() {
        return 8;
    }

    @Override
    public int alignment() {
        return 4;
    }

    @Override
    public List<ValType> flat() {
        return POINTER_AND_LENGTH;
    }

    @Override
    public Object load(GuestMemory memory, int address) {
        return elements(memory, memory.getInt(address), memory.getInt(address + 4));
    }

    @Override
    public Object lift(GuestMemory memory, long[] flat, int index) {
        return elements(memory, (int) flat[index], (int) flat[index + 1]);
    }

    private Object elements(GuestMemory memory, int pointer, int length) {
        memory.checkList(pointer, length, element.size(), element.alignment());
        memory.spendLifting((long) length * element.size());
        if (element == PrimitiveType.U8) {
            return memory.bytes(pointer, length);
        }
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            elements.add(element.load(memory, pointer + i * element.size()));
        }
        return elements;
    }

    @Override
    public void store(GuestMemory memory, int address, Object value) {
        int pointer = allocate(memory, value);
        memory.putList(address, pointer, length(value));
    }

    @Override
    public void lower(GuestMemory memory, long[] flat, int index, Object value) {
        flat[index] = Integer.toUnsignedLong(allocate(memory, value));
        flat[index + 1] = length(value);
    }

    private int length(Object value) {
        return value instanceof byte[] bytes ? bytes.length : ((List<?>) value).size();
    }

    private int allocate(GuestMemory memory, Object value) {
        if (element == PrimitiveType.U8 && value instanceof byte[] bytes) {
            int pointer = memory.allocate(1, bytes.length);
            memory.putBytes(pointer, bytes, 0, bytes.length);
            return pointer;
        }
        if (element == PrimitiveType.U8 || !(value instanceof List<?> list)) {
            throw WitFunction.mismatch(this, value);
        }
        int at = memory.allocate(element.alignment(), Math.multiplyExact(element.size(), list.size()));
        int pointer = at;
        for (Object each : list) {
            element.store(memory, at, each);
            at += element.size();
        }
        return pointer;
    }

    @Override
    public String toString() {
        return "list<" + element + ">";
    }
}
