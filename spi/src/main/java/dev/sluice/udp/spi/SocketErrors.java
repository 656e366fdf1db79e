// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.Rule;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/**
 * Makes every {@link SocketErrorException} that stems from the system ({@link Rule#E7 E7} to {@link Rule#E9 E9}).
 * Nothing is guessed: what isn't known is {@link ErrorCode#UNKNOWN}, and the original exception stays as the cause.
 */
public final class SocketErrors {
    private static final boolean LINUX = System.getProperty("os.name", "").startsWith("Linux");

    private SocketErrors() {}

    /**
     * The error of a known errno. Its number is given only on Linux, whose numbers these are.
     *
     * @param operation what was being done
     * @param errno the system's error
     * @param cause the original exception, or null
     * @return an exception to throw
     */
    public static SocketErrorException of(Operation operation, Errno errno, Throwable cause) {
        String message = operation.label() + ": " + errno.name();
        int number = LINUX ? errno.number() : 0;
        return new SocketErrorException(errno.code(operation), message, number, cause, operation.stackTrace());
    }

    /**
     * The error of one of Linux's numbers.
     *
     * @param operation what was being done
     * @param errno Linux's number, positive
     * @param cause the original exception, or null
     * @return an exception to throw
     */
    public static SocketErrorException ofLinux(Operation operation, int errno, Throwable cause) {
        Errno known = Errno.ofLinux(errno);
        return known != null
                ? of(operation, known, cause)
                : new SocketErrorException(
                        ErrorCode.UNKNOWN,
                        operation.label() + ": errno " + errno,
                        errno,
                        cause,
                        operation.stackTrace());
    }

    /**
     * The error for any exception: itself if it is one of ours.
     *
     * @param operation what was being done
     * @param cause what the transport threw
     * @return an exception to throw
     */
    public static SocketErrorException of(Operation operation, IOException cause) {
        if (cause instanceof SocketErrorException known) {
            return known;
        }
        return cause instanceof ClosedChannelException
                ? new SocketErrorException(
                        ErrorCode.INVALID_STATE,
                        operation.label() + ": the socket is closed",
                        0,
                        cause,
                        operation.stackTrace())
                : new SocketErrorException(
                        ErrorCode.UNKNOWN, operation.label() + ": " + cause, 0, cause, operation.stackTrace());
    }

    /** An error of sending or receiving that Sluice itself found: without a stack trace. */
    static SocketErrorException light(ErrorCode code, String message) {
        return new SocketErrorException(code, message, 0, null, false);
    }
}
