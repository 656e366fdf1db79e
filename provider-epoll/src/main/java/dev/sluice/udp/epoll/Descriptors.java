// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Whether the process may open as many descriptors as it takes to load Netty and to try everything. */
final class Descriptors {
    /** Seven jars, the native library and its copy, a socket, and three for epoll; with some to spare. */
    private static final int NEEDED = 24;

    private Descriptors() {}

    /** Throws new-socket-limit if there are too few. */
    static void require() throws SocketErrorException {
        Deque<FileInputStream> open = new ArrayDeque<>(NEEDED);
        try {
            while (open.size() < NEEDED) {
                open.push(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            throw SocketErrors.of(Operation.CREATE, Errno.EMFILE, e);
        } finally {
            open.forEach(Descriptors::close);
        }
    }

    private static void close(FileInputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // close(2) releases the descriptor whatever it returns
        }
    }
}
