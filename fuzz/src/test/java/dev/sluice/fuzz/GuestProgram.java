// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/** Writes a core module that calls functions of WASI with given arguments, one after the other; asynchronous ones, too. */
final class GuestProgram {
    private static final int I32 = 0x7f;
    private static final int I64 = 0x7e;
    private static final int F32 = 0x7d;
    private static final int F64 = 0x7c;

    /** An imported function. */
    record Imported(String module, String name, FunctionType type) {}

    private final List<Imported> imports;
    private final ByteArrayOutputStream code = new ByteArrayOutputStream();

    GuestProgram(List<Imported> imports) {
        this.imports = imports;
    }

    GuestProgram constant32(int value) {
        return op(0x41).signed(value);
    }

    GuestProgram constant64(long value) {
        return op(0x42).signed(value);
    }

    /** What stands in memory at an address. */
    GuestProgram load32(int address) {
        return constant32(address).op(0x28, 2, 0);
    }

    /** Puts an octet into memory. */
    GuestProgram store8(int address, int value) {
        return constant32(address).constant32(value).op(0x3a, 0, 0);
    }

    /** Calls a function, whose arguments are on the stack, and keeps its results out of the way. */
    GuestProgram call(int function) {
        op(0x10);
        unsigned(code, function);
        imports.get(function).type().returns().forEach(result -> op(0x1a));
        return this;
    }

    /** A number of floating point, from its bits. */
    GuestProgram constantFloat(boolean wide, long bits) {
        op(wide ? 0x44 : 0x43);
        for (int i = 0; i < (wide ? 8 : 4); i++) {
            code.write((int) (bits >>> 8 * i));
        }
        return this;
    }

    private GuestProgram op(int... bytes) {
        for (int value : bytes) {
            code.write(value);
        }
        return this;
    }

    private GuestProgram signed(long value) {
        long rest = value;
        while (rest < -64 || rest > 63) {
            code.write((int) (rest & 0x7f | 0x80));
            rest >>= 7;
        }
        code.write((int) (rest & 0x7f));
        return this;
    }

    /**
     * The module.
     *
     * @param allocated what the guest's allocator always answers; null for one that works
     */
    byte[] build(Integer allocated) {
        GuestProgram allocator = new GuestProgram(imports);
        if (allocated != null) {
            allocator.constant32(allocated);
        } else { // next = (next + align - 1 & -align) + size, and what it was before the sum is the answer
            allocator.op(0x23, 0, 0x20, 2, 0x6a, 0x41, 1, 0x6b, 0x41, 0, 0x20, 2, 0x6b, 0x71, 0x22, 0);
            allocator.op(0x20, 3, 0x6a, 0x24, 0, 0x20, 0);
        }
        List<byte[]> types = new ArrayList<>();
        List<byte[]> imported = new ArrayList<>();
        for (Imported one : imports) {
            imported.add(join(text(one.module()), text(one.name()), bytes(0), number(types.size())));
            types.add(type(one.type().params(), one.type().returns()));
        }
        int first = imports.size();
        types.add(type(List.of(), List.of(ValType.I32)));
        types.add(type(List.of(ValType.I32, ValType.I32, ValType.I32, ValType.I32), List.of(ValType.I32)));
        constant32(0);
        return join(
                bytes(0, 'a', 's', 'm', 1, 0, 0, 0),
                section(1, types),
                section(2, imported),
                section(3, List.of(number(first), number(first + 1))),
                section(5, List.of(bytes(0, 1))),
                section(6, List.of(bytes(I32, 1, 0x41, 0x80, 0x80, 2, 0x0b))), // mutable, from 32768 on
                section(
                        7,
                        List.of(
                                join(text("memory"), bytes(2, 0)),
                                join(text("wasi:cli/run@0.3.0#run"), bytes(0), number(first)),
                                join(text("cabi_realloc"), bytes(0), number(first + 1)))),
                section(10, List.of(body(), allocator.body())));
    }

    private byte[] body() {
        byte[] content = join(bytes(0), code.toByteArray(), bytes(0x0b));
        return join(number(content.length), content);
    }

    private static byte[] type(List<ValType> parameters, List<ValType> results) {
        return join(bytes(0x60), types(parameters), types(results));
    }

    private static byte[] types(List<ValType> types) {
        byte[] all = number(types.size());
        for (ValType type : types) {
            all = join(
                    all,
                    bytes(
                            type.equals(ValType.I32)
                                    ? I32
                                    : type.equals(ValType.I64) ? I64 : type.equals(ValType.F32) ? F32 : F64));
        }
        return all;
    }

    private static byte[] section(int id, List<byte[]> entries) {
        byte[] content = join(number(entries.size()), join(entries.toArray(byte[][]::new)));
        return join(bytes(id), number(content.length), content);
    }

    private static byte[] text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return join(number(utf8.length), utf8);
    }

    private static byte[] number(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        unsigned(out, value);
        return out.toByteArray();
    }

    private static void unsigned(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest > 0x7f) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
