// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes in the form of {@code hexdump -C}. */
final class HexDump {
    private static final int PER_LINE = 16;
    private static final int OFFSET_DIGITS = 8;
    private static final HexFormat HEX = HexFormat.of();

    private HexDump() {}

    /** Lines of 16 bytes, each with its newline; an empty payload is one line, too, so that it can be seen. */
    static byte[] of(byte[] payload, int length) {
        StringBuilder lines = new StringBuilder();
        int from = 0;
        do {
            line(lines, payload, from, Math.min(length, from + PER_LINE));
            from += PER_LINE;
        } while (from < length);
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void line(StringBuilder lines, byte[] payload, int from, int to) {
        lines.append(HEX.toHexDigits(from, OFFSET_DIGITS)).append(' ');
        for (int i = from; i < from + PER_LINE; i++) {
            lines.append(i % (PER_LINE / 2) == 0 ? " " : "")
                    .append(i < to ? HEX.toHexDigits(payload[i]) : "  ")
                    .append(' ');
        }
        lines.append(" |");
        for (int i = from; i < to; i++) {
            boolean isPrintable = payload[i] >= ' ' && payload[i] <= '~';
            lines.append(isPrintable ? (char) payload[i] : '.');
        }
        lines.append("|\n");
    }
}
