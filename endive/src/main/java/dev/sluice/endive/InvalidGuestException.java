package dev.sluice.endive;

import java.io.IOException;

/** A file can't be run: it is no WebAssembly, or not of the kind that this module runs. The message is one sentence. */
public final class InvalidGuestException extends IOException {
    private static final long serialVersionUID = 1L;

    InvalidGuestException(String message) {
        super(message);
    }

    InvalidGuestException(String message, Throwable cause) {
        super(message, cause);
    }
}
