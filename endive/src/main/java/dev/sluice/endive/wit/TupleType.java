// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wit;

import dev.sluice.endive.abi.GuestMemory;
import java.util.ArrayList;
import java.util.List;
import run.endive.wasm.types.ValType;

/** {@code tuple<…>}, a List of as many values. A record of WIT has the form of a tuple of its fields. */
record TupleType(List<WitType> fields) implements WitType {
    @Override
    public int size() {
        return align(offset(fields.size()), alignment());
    }

    @Override
    public int alignment() {
        return fields.stream().mapToInt(WitType::alignment).max().orElse(1);
    }

    /** Where a field begins, or behind the last one the padding. */
    private int offset(int field) {
        int offset = 0;
        for (int i = 0; i < field; i++) {
            offset = align(offset, fields.get(i).alignment()) + fields.get(i).size();
        }
        return field == fields.size() ? offset : align(offset, fields.get(field).alignment());
    }

    private static int align(int offset, int alignment) {
        return (offset + alignment - 1) & -alignment;
    }

    @Override
    public List<ValType> flat() {
        return fields.stream().flatMap(field -> field.flat().stream()).toList();
    }

    @Override
    public Object load(GuestMemory memory, int address) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            values.add(fields.get(i).load(memory, address + offset(i)));
        }
        return values;
    }

    @Override
    public Object lift(GuestMemory memory, long[] flat, int index) {
        List<Object> values = new ArrayList<>();
        int at = index;
        for (WitType field : fields) {
            values.add(field.lift(memory, flat, at));
            at += field.flat().size();
        }
        return values;
    }

    @Override
    public void store(GuestMemory memory, int address, Object value) {
        List<?> values = values(value);
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).store(memory, address + offset(i), values.get(i));
        }
    }

    @Override
    public void lower(GuestMemory memory, long[] flat, int index, Object value) {
        List<?> values = values(value);
        int at = index;
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).lower(memory, flat, at, values.get(i));
            at += fields.get(i).flat().size();
        }
    }

    private List<?> values(Object value) {
        if (value instanceof List<?> list && list.size() == fields.size()) {
            return list;
        }
        throw WitFunction.mismatch(this, value);
    }

    @Override
    public String toString() {
        return "tuple<"
                + String.join(", ", fields.stream().map(WitType::toString).toList()) + ">";
    }
}
