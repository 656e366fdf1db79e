// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import dev.sluice.endive.abi.Resource;
import dev.sluice.endive.abi.Trap;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** {@code output-stream} of {@code wasi:io/streams}, with the permits of {@code check-write}. */
public final class OutputStreamResource implements Resource {
    /** The most that check-write permits. */
    static final int PERMIT = 64 << 10;

    /** The most bytes of one blocking write, by the WIT. */
    static final int MOST_BLOCKING = 4096;

    private final ByteSink target;
    private boolean closed;
    private long permitted;

    public OutputStreamResource(OutputStream target) {
        this(new JavaSink(target));
    }

    public OutputStreamResource(ByteSink target) {
        this.target = target;
    }

    ByteSink sink() {
        return target;
    }

    @Override
    public void close() {
        target.drop();
    }

    long checkWrite() throws StreamException {
        permitted = 0;
        ensureOpen();
        try {
            permitted = Math.min(PERMIT, target.permit());
        } catch (IOException e) {
            throw failed(e);
        }
        return permitted;
    }

    void spend(long bytes) {
        if (Long.compareUnsigned(bytes, permitted) > 0) {
            throw new Trap(
                    "write of " + Long.toUnsignedString(bytes) + " bytes, but check-write permitted " + permitted);
        }
        permitted -= bytes;
    }

    void write(byte[] bytes) throws StreamException {
        ensureOpen();
        try {
            target.write(bytes);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    void flush() throws StreamException {
        ensureOpen();
        try {
            target.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Waits for a permit, and gives it. */
    long awaitPermit() throws StreamException, InterruptedException {
        while (checkWrite() == 0) {
            target.block();
        }
        return permitted;
    }

    void blockingFlush() throws StreamException, InterruptedException {
        flush();
        awaitPermit();
    }

    void blockingWriteAndFlush(byte[] bytes) throws StreamException, InterruptedException {
        for (int done = 0; done < bytes.length; ) {
            int count = (int) Math.min(bytes.length - done, awaitPermit());
            write(Arrays.copyOfRange(bytes, done, done + count));
            done += count;
        }
        blockingFlush();
    }

    /** By the WIT, a stream is closed after an error. */
    private StreamException failed(IOException e) {
        closed = true;
        return StreamException.failed(e);
    }

    private void ensureOpen() throws StreamException {
        if (closed) {
            throw StreamException.closed();
        }
    }
}
