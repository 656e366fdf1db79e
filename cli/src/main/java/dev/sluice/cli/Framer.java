// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Splits a stream of bytes into datagrams while it comes in. */
abstract class Framer implements Source {
    /** How much is read at once, at most; the datagrams between two calls of {@link #read} hold no more. */
    static final int CAPACITY = 256 * 1024;

    /**
     * What is kept of a datagram that is too long for either family: enough for the library to refuse it, so that a
     * line without an end needs no memory without an end.
     */
    static final int LONGEST = 65_528;

    /** Says that the bytes read so far don't hold a whole datagram. */
    static final int INCOMPLETE = -1;

    private final InputStream in;
    private final byte[] buffer = new byte[CAPACITY];
    private final ByteBuffer view = ByteBuffer.wrap(buffer);
    private int start;
    private int end;
    private boolean hasEnded;

    Framer(InputStream in) {
        this.in = in;
    }

    /** The length of the datagram at {@code start}, or {@link #INCOMPLETE}. */
    abstract int length(byte[] bytes, int start, int end);

    /** How many bytes stand between two datagrams and belong to neither. */
    abstract int separator();

    @Override
    public final ByteBuffer next() {
        int length = length(buffer, start, end);
        int next = start + length + separator();
        if (length == INCOMPLETE) {
            if (!hasEnded || start == end) {
                return null;
            }
            length = end - start; // the last one, which nothing ends
            next = end;
        }
        view.limit(start + Math.min(length, LONGEST)).position(start);
        start = next;
        return view;
    }

    @Override
    public final boolean read() throws IOException {
        if (hasEnded) {
            return false;
        }
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        if (end == CAPACITY) {
            end = LONGEST;
        }
        int count = in.read(buffer, end, CAPACITY - end);
        hasEnded = count < 0;
        end += Math.max(count, 0);
        return !hasEnded || end > 0;
    }

    @Override
    public final void close() throws IOException {
        in.close();
    }

    /** The next datagram, waiting for it if need be; null at the end. */
    final ByteBuffer take() throws IOException {
        ByteBuffer datagram = next();
        while (datagram == null && read()) {
            datagram = next();
        }
        return datagram;
    }
}
