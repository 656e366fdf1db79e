// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where datagrams to send come from:
 *
 * <pre>{@code
 * do {
 *     for (ByteBuffer datagram = source.next(); datagram != null; datagram = source.next()) { ... }
 * } while (source.read());
 * }</pre>
 */
interface Source extends Closeable {
    /**
     * The next datagram of those that have been read.
     *
     * @return a buffer that is good until the next {@link #read}; null if more has to be read first
     */
    ByteBuffer next();

    /**
     * Waits for more.
     *
     * @return false: there is nothing more
     */
    boolean read() throws IOException, InterruptedException;

    @Override
    default void close() throws IOException {}
}
