package dev.sluice.endive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Lifts and lowers strings, in UTF-8. */
final class Strings {
    private Strings() {}

    /** Traps if it isn't well-formed. */
    static String lift(GuestMemory memory, int pointer, int length) {
        byte[] bytes = memory.bytes(pointer, length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Trap("a string is not well-formed UTF-8", e);
        }
    }

    /** Gives the guest a copy, and writes its pointer and length at an address. */
    static void lower(GuestMemory memory, String string, int result) {
        lower(memory, string.getBytes(StandardCharsets.UTF_8), result);
    }

    /** Gives the guest a copy of bytes, and writes its pointer and length at an address. */
    static void lower(GuestMemory memory, byte[] bytes, int result) {
        int pointer = memory.allocate(1, bytes.length);
        memory.putBytes(pointer, bytes, 0, bytes.length);
        memory.putList(result, pointer, bytes.length);
    }
}
