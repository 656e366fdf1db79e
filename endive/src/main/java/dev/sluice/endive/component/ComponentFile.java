// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.component;

import java.util.ArrayList;
import java.util.List;

/**
 * A component in binary form, of which only the core modules and the options of canonical functions are read. The layout
 * is that of the component model's "Binary Format" (Binary.md).
 */
final class ComponentFile {
    private static final int HEADER = 8;

    private static final int CORE_MODULE = 1;
    private static final int COMPONENT = 4;
    private static final int CANONICAL = 8;

    /** More than tools produce, and little enough that a hostile file can't exhaust the stack. */
    private static final int MOST_NESTED = 16;

    private final List<byte[]> coreModules = new ArrayList<>();

    private ComponentFile() {}

    static ComponentFile parse(byte[] file) throws InvalidModuleException {
        ComponentFile component = new ComponentFile();
        component.readSections(new BinaryReader(file, HEADER, file.length), 0);
        return component;
    }

    /** The core modules in the order of the file, including those of nested components. */
    List<byte[]> coreModules() {
        return coreModules;
    }

    private void readSections(BinaryReader reader, int depth) throws InvalidModuleException {
        if (depth > MOST_NESTED) {
            throw new InvalidModuleException("The component nests components too deeply.");
        }
        while (!reader.isAtEnd()) {
            int id = reader.u8();
            BinaryReader section = reader.part(reader.u32());
            switch (id) {
                case CORE_MODULE -> coreModules.add(section.rest());
                case COMPONENT -> {
                    section.skip(HEADER);
                    readSections(section, depth + 1);
                }
                case CANONICAL -> readCanonicals(section);
                default -> {} // names, types, instances, aliases, imports and exports, which wit-component always
                    // writes alike
            }
        }
    }

    private static void readCanonicals(BinaryReader section) throws InvalidModuleException {
        int count = section.u32();
        for (int i = 0; i < count; i++) {
            int kind = section.u8();
            switch (kind) {
                case 0x00 -> { // lift: core function, options, type
                    section.skip(1);
                    section.u32();
                    readOptions(section);
                    section.u32();
                }
                case 0x01 -> { // lower: function, options
                    section.skip(1);
                    section.u32();
                    readOptions(section);
                }
                case 0x02, 0x03, 0x04 -> section.u32(); // resource.new, .drop and .rep of a type
                default ->
                    throw new InvalidModuleException(String.format(
                            "The component uses the canonical function 0x%02x, which WASI 0.2 does not have.", kind));
            }
        }
    }

    private static void readOptions(BinaryReader section) throws InvalidModuleException {
        int count = section.u32();
        for (int i = 0; i < count; i++) {
            int option = section.u8();
            switch (option) {
                case 0x00 -> {} // UTF-8
                case 0x01, 0x02 ->
                    throw new InvalidModuleException("The component's strings are in "
                            + (option == 1 ? "UTF-16" : "Latin-1 or UTF-16") + "; only UTF-8 is supported.");
                case 0x03, 0x04, 0x05 -> section.u32(); // memory, realloc, post-return
                default ->
                    throw new InvalidModuleException(String.format(
                            "The component uses the canonical option 0x%02x, which WASI 0.2 does not have.", option));
            }
        }
    }
}
