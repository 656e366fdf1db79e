// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import dev.sluice.udp.Pollable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/** Where an {@code output-stream} writes. Ready when it permits a write, or has failed. */
public interface ByteSink extends Pollable {
    /** A stream of Java's. */
    static ByteSink of(OutputStream target) {
        return new JavaSink(target);
    }

    /** How many bytes it takes now; 0 while it still has bytes of earlier writes. */
    long permit() throws IOException;

    /** Takes bytes, no more than were permitted. */
    void write(byte[] bytes) throws IOException;

    /** Begins to pass on what it has; {@link #permit} is 0 until that is done. */
    void flush() throws IOException;

    /** The guest dropped the stream. */
    default void drop() {}

    /** The guest has written all. The action gets the failure, or null once everything has been passed on; on any thread. */
    default void end(Consumer<IOException> done) {
        drop();
        done.accept(null);
    }
}
