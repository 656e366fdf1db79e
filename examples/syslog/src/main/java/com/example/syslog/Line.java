package com.example.syslog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** A line of the input: its number, when it was read, and its bytes without the line's end. */
record Line(long number, Instant time, byte[] text) {
    /** In bytes: with its header such a line fits into a datagram of either family. */
    static final int LONGEST = 65_000;

    /** Why it can't be a message; empty if it can. */
    Optional<String> problem() {
        if (text.length > LONGEST) {
            return Optional.of("longer than " + LONGEST + " bytes");
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.of("not UTF-8");
        }
    }
}
