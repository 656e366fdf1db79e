// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import java.io.IOException;

/**
 * A file can't be run: it is not WebAssembly, not a program, or needs what this host does not have. The message is one
 * sentence.
 */
public final class InvalidGuestException extends IOException {
    private static final long serialVersionUID = 1L;

    InvalidGuestException(String message, Throwable cause) {
        super(OneLine.of(message), cause);
    }
}
