// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

/** Messages with names from a guest's file, which may hold any character. */
final class OneLine {
    private OneLine() {}

    /** The text with its control characters, those that end a line included, as escapes of Java. */
    static String of(String text) {
        if (text.chars().noneMatch(OneLine::isControl)) {
            return text;
        }
        StringBuilder line = new StringBuilder();
        text.chars().forEach(c -> line.append(isControl(c) ? "\\u%04x".formatted(c) : String.valueOf((char) c)));
        return line.toString();
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}
