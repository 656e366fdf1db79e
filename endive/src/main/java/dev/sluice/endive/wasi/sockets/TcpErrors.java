// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Map;

/** The error codes of TCP's exceptions. Java keeps the system's text only, so that decides before the class does. */
final class TcpErrors {
    private static final Map<String, ErrorCode> BY_TEXT = Map.ofEntries(
            Map.entry("permission denied", ErrorCode.ACCESS_DENIED),
            Map.entry("operation not permitted", ErrorCode.ACCESS_DENIED),
            Map.entry("address already in use", ErrorCode.ADDRESS_IN_USE),
            Map.entry("cannot assign requested address", ErrorCode.ADDRESS_NOT_BINDABLE),
            Map.entry("network is unreachable", ErrorCode.REMOTE_UNREACHABLE),
            Map.entry("no route to host", ErrorCode.REMOTE_UNREACHABLE),
            Map.entry("host is down", ErrorCode.REMOTE_UNREACHABLE),
            Map.entry("network is down", ErrorCode.REMOTE_UNREACHABLE),
            Map.entry("connection refused", ErrorCode.CONNECTION_REFUSED),
            Map.entry("connection reset", ErrorCode.CONNECTION_RESET),
            Map.entry("connection reset by peer", ErrorCode.CONNECTION_RESET),
            Map.entry("software caused connection abort", ErrorCode.CONNECTION_ABORTED),
            Map.entry("connection timed out", ErrorCode.TIMEOUT),
            Map.entry("too many open files", ErrorCode.NEW_SOCKET_LIMIT),
            Map.entry("too many open files in system", ErrorCode.NEW_SOCKET_LIMIT),
            Map.entry("cannot allocate memory", ErrorCode.OUT_OF_MEMORY),
            Map.entry("no buffer space available", ErrorCode.OUT_OF_MEMORY),
            Map.entry("invalid argument", ErrorCode.INVALID_ARGUMENT));

    private TcpErrors() {}

    static ErrorCode code(IOException e) {
        String text = e.getMessage() == null ? "" : e.getMessage().toLowerCase(Locale.ROOT);
        ErrorCode known = BY_TEXT.get(text);
        if (known != null) {
            return known;
        }
        if (e instanceof NoRouteToHostException) {
            return ErrorCode.REMOTE_UNREACHABLE;
        }
        if (e instanceof ConnectException) {
            return ErrorCode.CONNECTION_REFUSED;
        }
        if (e instanceof BindException) {
            return ErrorCode.ADDRESS_IN_USE;
        }
        return e instanceof ClosedChannelException ? ErrorCode.INVALID_STATE : ErrorCode.UNKNOWN;
    }

    static SocketErrorException of(IOException e) {
        return new SocketErrorException(code(e), String.valueOf(e.getMessage()), 0, e, true);
    }

    static SocketErrorException invalidState(String message) {
        return new SocketErrorException(ErrorCode.INVALID_STATE, message);
    }
}
