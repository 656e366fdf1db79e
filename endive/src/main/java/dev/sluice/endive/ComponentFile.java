package dev.sluice.endive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A component in binary form, read as far as running it here needs: its core modules, and the options of its canonical
 * functions. Layout: "Component Model, Binary Format".
 */
final class ComponentFile {
    private static final int HEADER = 8;

    private static final int CORE_MODULE = 1;
    private static final int COMPONENT = 4;
    private static final int CANONICAL = 8;

    /** Deeper than any tool nests them; so that a hostile file can't exhaust the stack. */
    private static final int MOST_NESTED = 16;

    private final List<byte[]> coreModules = new ArrayList<>();

    private ComponentFile() {}

    static ComponentFile parse(byte[] file) throws InvalidGuestException {
        ComponentFile component = new ComponentFile();
        component.readSections(new BinaryReader(file, HEADER, file.length), 0);
        return component;
    }

    /** In the order of the file, those of nested components among them. */
    List<byte[]> coreModules() {
        return coreModules;
    }

    private void readSections(BinaryReader reader, int depth) throws InvalidGuestException {
        if (depth > MOST_NESTED) {
            throw new InvalidGuestException("The component nests components too deeply.");
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
                default -> {} // names, types, instances, aliases, imports, exports: what wit-component always makes
            }
        }
    }

    private static void readCanonicals(BinaryReader section) throws InvalidGuestException {
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
                    throw new InvalidGuestException(String.format(
                            "The component uses the canonical function 0x%02x, which WASI 0.2 doesn't know.", kind));
            }
        }
    }

    private static void readOptions(BinaryReader section) throws InvalidGuestException {
        int count = section.u32();
        for (int i = 0; i < count; i++) {
            int option = section.u8();
            switch (option) {
                case 0x00 -> {} // UTF-8
                case 0x01, 0x02 ->
                    throw new InvalidGuestException("The component's strings are in "
                            + (option == 1 ? "UTF-16" : "Latin-1 or UTF-16") + "; only UTF-8 is possible here.");
                case 0x03, 0x04, 0x05 -> section.u32(); // memory, realloc, post-return
                default ->
                    throw new InvalidGuestException(String.format(
                            "The component uses the canonical option 0x%02x, which WASI 0.2 doesn't know.", option));
            }
        }
    }

    /** Reads a range of bytes from front to back. */
    private static final class BinaryReader {
        private final byte[] bytes;
        private final int end;
        private int at;

        BinaryReader(byte[] bytes, int from, int to) {
            this.bytes = bytes;
            this.at = from;
            this.end = to;
        }

        boolean isAtEnd() {
            return at == end;
        }

        byte[] rest() {
            return Arrays.copyOfRange(bytes, at, end);
        }

        void skip(int count) throws InvalidGuestException {
            if (count < 0 || count > end - at) {
                throw new InvalidGuestException("The component ends in the middle of a section.");
            }
            at += count;
        }

        BinaryReader part(int length) throws InvalidGuestException {
            int from = at;
            skip(length);
            return new BinaryReader(bytes, from, at);
        }

        int u8() throws InvalidGuestException {
            skip(1);
            return bytes[at - 1] & 0xff;
        }

        /** LEB128; what doesn't fit in 31 bits is negative, and too long for anything. */
        int u32() throws InvalidGuestException {
            int value = 0;
            for (int shift = 0; shift < 35; shift += 7) {
                int next = u8();
                value |= (next & 0x7f) << shift;
                if (next < 0x80) {
                    return value;
                }
            }
            throw new InvalidGuestException("The component holds a number of more than 32 bits.");
        }
    }
}
