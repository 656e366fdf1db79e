// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.component;

/** Reads of a core module's sections what must be known before Endive's parser reads it. */
final class SectionScan {
    private static final int HEADER = 8;
    private static final int START = 8;
    private static final int CODE = 10;

    /** What WebAssembly's JavaScript API allows a function, and with it all browsers. */
    private static final long MOST_LOCALS = 50_000;

    private static final long MOST_LOCALS_IN_ALL = 8_000_000;

    private SectionScan() {}

    /**
     * Refuses a module with too many locals, since a declaration of a few bytes makes the parser allocate an entry for each
     * of them. A module that is malformed is left for the parser to refuse.
     */
    static void ensureFewLocals(byte[] module) throws InvalidModuleException {
        try {
            BinaryReader reader = new BinaryReader(module, HEADER, module.length);
            long locals = 0;
            while (!reader.isAtEnd()) {
                int id = reader.u8();
                BinaryReader section = reader.part(reader.u32());
                if (id == CODE) {
                    locals += locals(section);
                }
            }
            ensure(locals <= MOST_LOCALS_IN_ALL, "The functions of the module have more than 8000000 locals in all.");
        } catch (BinaryReader.MalformedException e) {
            // the parser has a better message
        }
    }

    /**
     * Whether a module has a start function, but no functions of its own, so that it only calls one of another module. In
     * a component that is how the program's {@code _initialize} is called, in the fixup, or in a module whose import has
     * empty names, which the parser refuses.
     */
    static boolean callsInitialiser(byte[] module) {
        boolean start = false;
        boolean code = false;
        try {
            BinaryReader reader = new BinaryReader(module, HEADER, module.length);
            while (!reader.isAtEnd()) {
                int id = reader.u8();
                BinaryReader section = reader.part(reader.u32());
                start |= id == START;
                code |= id == CODE && section.u32() != 0;
            }
        } catch (BinaryReader.MalformedException e) {
            return false;
        }
        return start && !code;
    }

    private static long locals(BinaryReader code) throws InvalidModuleException {
        long all = 0;
        int functions = code.u32();
        for (int i = 0; i < functions; i++) {
            BinaryReader function = code.part(code.u32());
            long locals = 0;
            int groups = function.u32();
            for (int group = 0; group < groups; group++) {
                locals += Integer.toUnsignedLong(function.u32());
                skipValueType(function);
            }
            ensure(locals <= MOST_LOCALS, "A function of the module has more than 50000 locals.");
            all += locals;
        }
        return all;
    }

    /** One byte, or the constructor of a reference type and a heap type, which is a number. */
    private static void skipValueType(BinaryReader function) throws InvalidModuleException {
        int type = function.u8();
        if (type == 0x63 || type == 0x64) {
            function.u32();
        }
    }

    private static void ensure(boolean holds, String refusal) throws InvalidModuleException {
        if (!holds) {
            throw new InvalidModuleException(refusal);
        }
    }
}
