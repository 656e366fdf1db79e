// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import java.io.IOException;
import java.net.BindException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;

/**
 * Finds the errno behind an exception of the JDK, which keeps only a class and the C library's text: by the class
 * where it says enough, else by the text. What is not known stays unknown.
 */
final class NioErrors {
    private NioErrors() {}

    static SocketErrorException of(Operation operation, IOException e) {
        if (e instanceof SocketErrorException || e instanceof ClosedChannelException) {
            return SocketErrors.of(operation, e);
        }
        Errno errno = errno(e);
        if (errno == null && e instanceof BindException && operation != Operation.BIND) {
            errno = Errno.EACCES; // the one of its three errors that a bound socket can meet
        }
        return errno == null ? SocketErrors.of(operation, e) : SocketErrors.of(operation, errno, e);
    }

    /** The host lacks the address family. */
    static SocketErrorException familyMissing(UnsupportedOperationException e) {
        return SocketErrors.of(Operation.CREATE, Errno.EAFNOSUPPORT, e);
    }

    /** The errno, or null. */
    static Errno errno(IOException e) {
        if (e instanceof PortUnreachableException) {
            return Errno.ECONNREFUSED;
        }
        if (e instanceof NoRouteToHostException) {
            return Errno.EHOSTUNREACH;
        }
        return e.getMessage() == null ? null : ErrnoTexts.errno(e.getMessage());
    }
}
