// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.ErrorCase;
import java.io.IOException;

/** A {@code stream-error}: the last operation failed, or the stream is closed. */
public final class StreamException extends Exception {
    private static final long serialVersionUID = 1L;

    static final ErrorCase<StreamException> ERROR_CASE = new ErrorCase<>(StreamException.class, StreamException::lower);

    private StreamException(String message, IOException cause) {
        super(message, cause, false, false);
    }

    public static StreamException closed() {
        return new StreamException("closed", null);
    }

    /** A closed pipe is the end of a stream, as for the reference host (wasmtime); everything else is a failure. */
    public static StreamException failed(IOException cause) {
        if (isClosedPipe(cause)) {
            return closed();
        }
        return new StreamException("last-operation-failed", cause);
    }

    public static boolean isClosedPipe(IOException cause) {
        return ClosedPipe.isReason(cause);
    }

    /** The variant's case 0 has the handle of an error, case 1 has no value. */
    private void lower(Call call, int address) {
        if (getCause() == null) {
            call.memory().putByte(address, 1);
            return;
        }
        int error = call.add(new ErrorResource(getCause().toString(), getCause()));
        call.memory().putByte(address, 0);
        call.memory().putInt(address + 4, error);
    }
}
