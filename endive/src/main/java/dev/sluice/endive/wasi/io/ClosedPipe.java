// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.util.Set;

/**
 * Recognizes the exception for a pipe whose other end is closed. Java keeps only the text of EPIPE, in the language of the
 * C library, so it is compared with that of a pipe closed here.
 */
final class ClosedPipe {
    /** Those of {@link java.io.PipedOutputStream} and {@link java.io.PipedInputStream}. */
    private static final Set<String> PIPED_STREAMS =
            Set.of("Pipe closed", "Pipe broken", "Read end dead", "Write end dead");

    private ClosedPipe() {}

    /** Whether the exception or its cause is that of a closed pipe. */
    static boolean isReason(Throwable e) {
        return e instanceof ClosedChannelException
                || e instanceof IOException
                        && (PIPED_STREAMS.contains(e.getMessage())
                                || Epipe.TEXT.equals(e.getMessage())
                                || isReason(e.getCause()));
    }

    /** Learnt when it is first needed. */
    private static final class Epipe {
        static final String TEXT = text();

        private static String text() {
            try {
                Pipe pipe = Pipe.open();
                pipe.source().close();
                try (Pipe.SinkChannel sink = pipe.sink()) {
                    sink.write(ByteBuffer.allocate(1));
                }
            } catch (IOException closed) {
                return closed.getMessage();
            }
            return "Broken pipe";
        }
    }
}
