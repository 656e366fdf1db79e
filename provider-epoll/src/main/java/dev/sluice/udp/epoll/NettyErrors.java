// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the errno in what Netty throws: in a field, in the exception's class, or only in its text. */
final class NettyErrors {
    private static final Pattern NUMBER = Pattern.compile("error\\(-(\\d+)\\)");

    private NettyErrors() {}

    static SocketErrorException of(Operation operation, Exception thrown) {
        if (thrown instanceof SocketErrorException known) {
            return known;
        }
        int errno = errno(thrown);
        if (errno != 0) {
            return SocketErrors.ofLinux(operation, errno, thrown);
        }
        if (thrown instanceof NoRouteToHostException) { // connect makes it of two errors, without saying of which
            return new SocketErrorException(
                    ErrorCode.REMOTE_UNREACHABLE, "connect: ENETUNREACH or EHOSTUNREACH", 0, thrown, true);
        }
        return SocketErrors.of(operation, thrown instanceof IOException io ? io : new IOException(thrown));
    }

    private static int errno(Throwable thrown) {
        if (thrown instanceof NativeIoException known) {
            return -known.expectedErr();
        }
        if (thrown instanceof PortUnreachableException) {
            return Errno.ECONNREFUSED.number();
        }
        if (thrown.getCause() instanceof NativeIoException known) {
            return -known.expectedErr();
        }
        String text = thrown.getMessage();
        if (text == null) {
            return 0;
        }
        Matcher number = NUMBER.matcher(text);
        return number.find() ? Integer.parseInt(number.group(1)) : ofText(text);
    }

    /** The errno whose text, in the C library's words and its locale, ends a message; 0 if none does. */
    private static int ofText(String message) {
        for (Errno errno : Errno.values()) {
            if (message.endsWith(": " + Texts.OF[errno.ordinal()])) {
                return errno.number();
            }
        }
        return 0;
    }

    /** The C library's text of each errno in the current locale, taken from Netty's own exceptions. */
    private static final class Texts {
        static final String[] OF = new String[Errno.values().length];

        static {
            for (Errno errno : Errno.values()) {
                String message = new NativeIoException("", -errno.number(), false).getMessage();
                OF[errno.ordinal()] = message.substring(message.indexOf("): ") + 3);
            }
        }
    }
}
