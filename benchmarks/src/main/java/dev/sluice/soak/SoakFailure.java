// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

/** Something was not as it had to be: the message says what. */
final class SoakFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SoakFailure(String message) {
        super(message);
    }

    SoakFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** Fails unless two numbers are the same. */
    static void requireEqual(String what, long expected, long actual) {
        if (expected != actual) {
            throw new SoakFailure(
                    what + ": expected " + expected + ", but it is " + actual + " (" + (actual - expected) + " more)");
        }
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new SoakFailure(otherwise);
        }
    }
}
