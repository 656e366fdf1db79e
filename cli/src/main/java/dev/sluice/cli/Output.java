// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;

/**
 * Standard output. Unlike {@link System#out} it says when bytes can't be written: by {@link ReaderGoneException} if it is a
 * pipe that is read no more, which is the reader's right; by another exception, and in {@link #failure}, if they are lost.
 */
final class Output extends OutputStream {
    /** The other end of the pipe is closed. */
    static final class ReaderGoneException extends IOException {
        private static final long serialVersionUID = 1L;

        private ReaderGoneException(IOException cause) {
            super("standard output is closed", cause);
        }
    }

    private final OutputStream out;
    private volatile IOException failure;

    Output(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            if (isClosedPipe(e)) {
                throw new ReaderGoneException(e);
            }
            failure = new IOException("can't write to standard output: " + e.getMessage(), e);
            throw failure;
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Writes a text; a reader that has gone doesn't need it. */
    void print(String text) throws IOException {
        try {
            write(text.getBytes(StandardCharsets.UTF_8));
            flush();
        } catch (ReaderGoneException e) {
            return;
        }
    }

    /** The last failure to write that lost something; or null. A {@code PrintWriter}, say, swallows the exception. */
    IOException failure() {
        return failure;
    }

    /** Java keeps nothing of EPIPE but its text, in the language of the C library: so that of a closed pipe is compared. */
    private static boolean isClosedPipe(IOException e) {
        try {
            Pipe pipe = Pipe.open();
            pipe.source().close();
            try (Pipe.SinkChannel sink = pipe.sink()) {
                sink.write(ByteBuffer.allocate(1));
            }
            return false;
        } catch (IOException closed) {
            return String.valueOf(closed.getMessage()).equals(e.getMessage());
        }
    }
}
