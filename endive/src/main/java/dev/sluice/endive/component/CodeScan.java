package dev.sluice.endive.component;

/**
 * Reads how many locals the functions of a core module declare, before Endive's parser does: a declaration of a few bytes
 * makes it allocate an entry for each local.
 */
final class CodeScan {
    private static final int HEADER = 8;
    private static final int CODE = 10;

    /** What WebAssembly's JavaScript API allows a function, and with it all browsers. */
    private static final long MOST_LOCALS = 50_000;

    private static final long MOST_LOCALS_IN_ALL = 8_000_000;

    private CodeScan() {}

    /** Refuses a module with too many locals. One that is malformed is left for the parser to refuse. */
    static void check(byte[] module) throws InvalidModuleException {
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
