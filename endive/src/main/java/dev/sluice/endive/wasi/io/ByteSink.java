// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import dev.sluice.udp.Pollable;
import java.io.IOException;

/** Where an {@code output-stream} writes. Ready when it permits a write, or has failed. */
public interface ByteSink extends Pollable {
    /** How many bytes it takes now; 0 while it still has bytes of earlier writes. */
    long permit() throws IOException;

    /** Takes bytes, no more than were permitted. */
    void write(byte[] bytes) throws IOException;

    /** Begins to pass on what it has; {@link #permit} is 0 until that is done. */
    void flush() throws IOException;

    /** The guest dropped the stream. */
    default void drop() {}
}
