package dev.sluice.endive;

import java.io.IOException;

/** A {@code stream-error}: the last operation failed, or the stream has been closed. */
final class StreamException extends Exception {
    private static final long serialVersionUID = 1L;

    private StreamException(String message, IOException cause) {
        super(message, cause, false, false);
    }

    static StreamException closed() {
        return new StreamException("closed", null);
    }

    static StreamException failed(IOException cause) {
        return new StreamException("last-operation-failed", cause);
    }

    /** Writes the variant: 0 with the handle of an error, or 1. */
    void write(Call call, int address) {
        if (getCause() == null) {
            call.memory().putByte(address, 1);
            return;
        }
        int error = call.guest.handles().add(new ErrorResource(getCause().toString()));
        call.memory().putByte(address, 0);
        call.memory().putInt(address + 4, error);
    }
}
