// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Assembles small core modules and components, so that a test shows their contents. */
public final class Assembler {
    public static final int I32 = 0x7f;
    static final int I64 = 0x7e;
    static final int F64 = 0x7c;

    static final int FUNCTION = 0;
    static final int TABLE = 1;
    static final int MEMORY = 2;

    private final List<byte[]> types = new ArrayList<>();
    private final List<byte[]> imports = new ArrayList<>();
    private final List<byte[]> functions = new ArrayList<>();
    private final List<byte[]> tables = new ArrayList<>();
    private final List<byte[]> memories = new ArrayList<>();
    private final List<byte[]> exports = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private int functionCount;
    private byte[] start = {};

    private Assembler() {}

    public static Assembler core() {
        return new Assembler();
    }

    /** A program whose {@code run} executes the code and returns 0. */
    static Assembler program(int... code) {
        return core().memory(1).function("wasi:cli/run@0.2.0#run", new int[0], new int[] {I32}, concat(code, 0x41, 0));
    }

    /** Imports come before functions of its own; the first is function 0. */
    public Assembler importFunction(String module, String name, int[] parameters, int... results) {
        imports.add(concat(text(module), text(name), bytes(FUNCTION), u32(type(parameters, results))));
        functionCount++;
        return this;
    }

    /** That function is called when the module is instantiated. */
    Assembler start(int function) {
        start = section(8, u32(function));
        return this;
    }

    Assembler importMemory(String module, String name) {
        imports.add(concat(text(module), text(name), bytes(MEMORY, 0, 1)));
        return this;
    }

    Assembler importTable(String module, String name) {
        imports.add(concat(text(module), text(name), bytes(TABLE, 0x70, 0, 1)));
        return this;
    }

    public Assembler memory(int pages) {
        memories.add(concat(bytes(0), u32(pages)));
        return exported("memory", MEMORY, memories.size() - 1);
    }

    Assembler table(String name) {
        tables.add(bytes(0x70, 0, 1));
        return exported(name, TABLE, tables.size() - 1);
    }

    public Assembler function(String name, int[] parameters, int[] results, int... code) {
        return function(name, bytes(0), type(parameters, results), code);
    }

    /** A function with that many locals of type i32 beside its parameters. */
    public Assembler function(String name, int locals, int[] parameters, int[] results, int... code) {
        return function(name, concat(bytes(1), u32(locals), bytes(I32)), type(parameters, results), code);
    }

    /** A function without parameters and results, with a local of each of these types. */
    Assembler functionWithLocals(String name, int[] types, int... code) {
        byte[] locals = u32(types.length);
        for (int type : types) {
            locals = concat(locals, bytes(1, type));
        }
        return function(name, locals, type(new int[0], new int[0]), code);
    }

    private Assembler function(String name, byte[] locals, int type, int... code) {
        functions.add(u32(type));
        byte[] body = concat(locals, bytes(code), bytes(0x0b));
        bodies.add(concat(u32(body.length), body));
        return exported(name, FUNCTION, functionCount++);
    }

    private Assembler exported(String name, int kind, int index) {
        exports.add(concat(text(name), bytes(kind), u32(index)));
        return this;
    }

    private int type(int[] parameters, int[] results) {
        types.add(concat(bytes(0x60), u32(parameters.length), bytes(parameters), u32(results.length), bytes(results)));
        return types.size() - 1;
    }

    public byte[] build() {
        return concat(
                bytes(0, 'a', 's', 'm', 1, 0, 0, 0),
                section(1, vector(types)),
                section(2, vector(imports)),
                section(3, vector(functions)),
                section(4, vector(tables)),
                section(5, vector(memories)),
                section(7, vector(exports)),
                start,
                section(10, vector(bodies)));
    }

    /** A component of sections. */
    static byte[] component(byte[]... sections) {
        return concat(bytes(0, 'a', 's', 'm', 0x0d, 0, 1, 0), concat(sections));
    }

    static byte[] section(int id, byte[] content) {
        return concat(bytes(id), u32(content.length), content);
    }

    static byte[] coreModule(byte[] module) {
        return section(1, module);
    }

    static byte[] nested(byte[] component) {
        return section(4, component);
    }

    /** One canonical function, lowered with so many options of these bytes. */
    static byte[] lowered(int count, int... options) {
        return section(8, concat(bytes(1, 0x01, 0x00, 0), u32(count), bytes(options)));
    }

    public static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static int[] concat(int[] code, int... more) {
        int[] all = Arrays.copyOf(code, code.length + more.length);
        System.arraycopy(more, 0, all, code.length, more.length);
        return all;
    }

    private static byte[] vector(List<byte[]> elements) {
        return concat(u32(elements.size()), concat(elements.toArray(byte[][]::new)));
    }

    private static byte[] text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return concat(u32(utf8.length), utf8);
    }

    private static byte[] u32(int value) {
        return value < 0x80 ? bytes(value) : concat(bytes(value & 0x7f | 0x80), u32(value >>> 7));
    }
}
