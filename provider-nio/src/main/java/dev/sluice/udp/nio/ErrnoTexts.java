// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import dev.sluice.udp.spi.Errno;

/** Finds an errno by its text of strerror(3), in English or in the language of the running C library. */
final class ErrnoTexts {
    private ErrnoTexts() {}

    /** The errno of an exception's message, which may name a function before or behind the text; or null. */
    static Errno errno(String message) {
        Errno errno = errnoOfText(message);
        if (errno != null) {
            return errno;
        }
        int bracket = message.lastIndexOf(" ("); // "No buffer space available (setsockopt failed)"
        if (bracket >= 0) {
            return errnoOfText(message.substring(0, bracket));
        }
        int colon = message.lastIndexOf(": ");
        if (colon < 0) {
            return null;
        }
        Errno behind = errnoOfText(message.substring(colon + 2));
        return behind != null ? behind : errnoOfText(message.substring(0, colon));
    }

    private static Errno errnoOfText(String text) {
        Errno errno = EnglishTexts.errno(text);
        return errno != null ? errno : LearntTexts.errno(text);
    }
}
