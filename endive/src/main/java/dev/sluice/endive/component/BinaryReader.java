// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.component;

import java.util.Arrays;

/** Reads a range of bytes from front to back. */
final class BinaryReader {
    /** The bytes don't follow the binary format. */
    static final class MalformedException extends InvalidModuleException {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

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

    void skip(int count) throws MalformedException {
        if (count < 0 || count > end - at) {
            throw new MalformedException("The component ends in the middle of a section.");
        }
        at += count;
    }

    /** A reader of the next bytes, which this one skips. */
    BinaryReader part(int length) throws MalformedException {
        int from = at;
        skip(length);
        return new BinaryReader(bytes, from, at);
    }

    int u8() throws MalformedException {
        skip(1);
        return bytes[at - 1] & 0xff;
    }

    /** An unsigned LEB128 number. One above 2<sup>31</sup> − 1 is returned negative, and is refused as a length. */
    int u32() throws MalformedException {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = u8();
            value |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedException("The component contains a number of more than 32 bits.");
    }
}
