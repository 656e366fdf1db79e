// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.ErrorCase;
import dev.sluice.endive.abi.Strings;
import dev.sluice.endive.async.Element;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.async.AsyncErrorCode;
import java.io.IOException;

/**
 * {@code error-code} of {@code wasi:sockets/types} of 0.3, a variant of 16 bytes aligned to 4: the case's number at 0, of the
 * last one an option of a string at 4.
 */
final class SocketErrors03 {
    static final ErrorCase<SocketErrorException> ERROR_CASE =
            new ErrorCase<>(SocketErrorException.class, SocketErrors03::lower);

    /** {@code result<_, error-code>}, which futures carry. */
    static final Element RESULT = new Element("result<_, error-code>", 20, 4, false);

    private SocketErrors03() {}

    private static void lower(SocketErrorException error, Call call, int address) {
        AsyncErrorCode code = code(error.errorCode());
        call.memory().putByte(address, code.number());
        if (code == AsyncErrorCode.OTHER) {
            lowerMessage(error.getMessage(), call, address);
        }
    }

    /** The option of a string in the case {@code other}, of this variant and of that of {@code ip-name-lookup}. */
    static void lowerMessage(String message, Call call, int address) {
        call.memory().putByte(address + 4, 1);
        Strings.lower(call.memory(), String.valueOf(message), address + 8);
    }

    /** What 0.2 says of an operation in two steps is a matter of the socket's state in 0.3. */
    private static AsyncErrorCode code(ErrorCode code) {
        return code == ErrorCode.CONCURRENCY_CONFLICT || code == ErrorCode.NOT_IN_PROGRESS
                ? AsyncErrorCode.INVALID_STATE
                : AsyncErrorCode.of(code);
    }

    /** How a connection's stream ended: {@link #RESULT}. */
    static void lowerOutcome(IOException failure, Call call, int address) {
        call.memory().putByte(address, failure == null ? 0 : 1);
        if (failure != null) {
            lower(failure instanceof RefusedStream refused ? refused.reason : TcpErrors.of(failure), call, address + 4);
        }
    }

    /** A stream that has never begun. */
    static final class RefusedStream extends IOException {
        private static final long serialVersionUID = 1L;

        private final SocketErrorException reason;

        RefusedStream(SocketErrorException reason) {
            super(reason.getMessage(), reason);
            this.reason = reason;
        }
    }
}
