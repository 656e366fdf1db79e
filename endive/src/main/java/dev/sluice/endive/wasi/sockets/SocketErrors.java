// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.ErrorCase;
import dev.sluice.udp.SocketErrorException;

/** {@code error-code} of {@code wasi:sockets/network}, an enum: one byte, the case's number. */
final class SocketErrors {
    static final ErrorCase<SocketErrorException> ERROR_CASE =
            new ErrorCase<>(SocketErrorException.class, SocketErrors::lower);

    private SocketErrors() {}

    private static void lower(SocketErrorException error, Call call, int address) {
        call.memory().putByte(address, error.errorCode().number());
    }
}
