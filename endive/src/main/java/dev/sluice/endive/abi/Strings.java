// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.abi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Lifts and lowers strings in UTF-8. */
public final class Strings {
    private Strings() {}

    /** A copy of the guest's string. Traps if it is not well-formed. */
    public static String lift(GuestMemory memory, int pointer, int length) {
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

    /** Copies a string to memory that the guest allocates, and writes pointer and length to an address. */
    public static void lower(GuestMemory memory, String string, int result) {
        lower(memory, string.getBytes(StandardCharsets.UTF_8), result);
    }

    /** Copies bytes to memory that the guest allocates, and writes pointer and length to an address. */
    public static void lower(GuestMemory memory, byte[] bytes, int result) {
        int pointer = memory.allocate(1, bytes.length);
        memory.putBytes(pointer, bytes, 0, bytes.length);
        memory.putList(result, pointer, bytes.length);
    }
}
