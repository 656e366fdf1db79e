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
            readCanonical(section.u8(), section);
        }
    }

    private static void readCanonical(int kind, BinaryReader section) throws InvalidModuleException {
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
            case 0x09 -> { // task.return: result, options
                readResult(section);
                readOptions(section);
            }
            case 0x0f, 0x10, 0x16, 0x17 -> { // stream.read, .write, future.read, .write: type, options
                section.u32();
                readOptions(section);
            }
            case 0x1c, 0x1d -> readOptions(section); // error-context.new, .debug-message
            // resource.new, .drop, .rep; streams and futures .new, .drop-readable, .drop-writable: a type
            case 0x02, 0x03, 0x04, 0x0e, 0x13, 0x14, 0x15, 0x1a, 0x1b -> section.u32();
            // context.get, .set; cancelling copies; waitable-set.wait, .poll: a byte and an index, in either order
            case 0x0a, 0x0b, 0x20, 0x21 -> {
                section.u8();
                section.u32();
            }
            case 0x11, 0x12, 0x18, 0x19 -> {
                section.u32();
                section.u8();
            }
            // subtask.cancel, thread.yield and others that can be cancelled: a byte
            case 0x06, 0x0c, 0x29, 0x2a, 0x2b, 0x2c, 0x2d -> section.u8();
            case 0x27 -> { // thread.new-indirect: type, table
                section.u32();
                section.u32();
            }
            // without arguments: task.cancel, subtask.drop, error-context.drop, waitable-set.new, .drop, waitable.join,
            // backpressure.inc, .dec, thread.index, .resume-later
            case 0x05, 0x0d, 0x1e, 0x1f, 0x22, 0x23, 0x24, 0x25, 0x26, 0x28 -> {}
            default ->
                throw new InvalidModuleException(String.format(
                        "The component uses the canonical function 0x%02x, which WASI 0.2 and 0.3 do not have.", kind));
        }
    }

    /** A result's type: 0 and a type, or 1 and 0 for none. */
    private static void readResult(BinaryReader section) throws InvalidModuleException {
        section.u8();
        section.u32();
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
                case 0x03, 0x04, 0x05, 0x07 -> section.u32(); // memory, realloc, post-return, callback
                case 0x06 -> {} // async
                default ->
                    throw new InvalidModuleException(String.format(
                            "The component uses the canonical option 0x%02x, which WASI 0.2 and 0.3 do not have.",
                            option));
            }
        }
    }
}
