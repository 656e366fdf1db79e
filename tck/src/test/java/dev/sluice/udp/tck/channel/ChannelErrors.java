// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.channel;

import static java.util.Map.entry;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.util.Map;

/** The error code of a channel's exception: by its class, else by the English text of the C library. */
final class ChannelErrors {
    private static final Map<String, ErrorCode> TEXTS = Map.ofEntries(
            entry("Address already in use", ErrorCode.ADDRESS_IN_USE),
            entry("Cannot assign requested address", ErrorCode.ADDRESS_NOT_BINDABLE),
            entry("Permission denied", ErrorCode.ACCESS_DENIED),
            entry("Operation not permitted", ErrorCode.ACCESS_DENIED),
            entry("Message too long", ErrorCode.DATAGRAM_TOO_LARGE),
            entry("Network is unreachable", ErrorCode.REMOTE_UNREACHABLE),
            entry("No route to host", ErrorCode.REMOTE_UNREACHABLE),
            entry("Invalid argument", ErrorCode.INVALID_ARGUMENT),
            entry("No buffer space available", ErrorCode.OUT_OF_MEMORY),
            entry("Too many open files", ErrorCode.NEW_SOCKET_LIMIT));

    private ChannelErrors() {}

    /** An error of sending or receiving. That a port is closed is the answer to an earlier datagram (S8). */
    static SocketErrorException light(IOException cause) {
        ErrorCode code = code(cause);
        boolean earlier = code == ErrorCode.CONNECTION_REFUSED;
        return new SocketErrorException(code, String.valueOf(cause.getMessage()), 0, cause, false, earlier);
    }

    /** An error of any other operation. */
    static SocketErrorException withTrace(IOException cause) {
        return new SocketErrorException(code(cause), String.valueOf(cause.getMessage()), 0, cause, true);
    }

    static SocketErrorException light(ErrorCode code, String message) {
        return new SocketErrorException(code, message, 0, null, false);
    }

    private static ErrorCode code(IOException cause) {
        if (cause instanceof ClosedChannelException) {
            return ErrorCode.INVALID_STATE;
        }
        if (cause instanceof PortUnreachableException) {
            return ErrorCode.CONNECTION_REFUSED;
        }
        if (cause instanceof NoRouteToHostException) {
            return ErrorCode.REMOTE_UNREACHABLE;
        }
        return TEXTS.getOrDefault(String.valueOf(cause.getMessage()), ErrorCode.UNKNOWN);
    }
}
