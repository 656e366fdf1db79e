// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import dev.sluice.udp.Pollable;

/** Where an {@code input-stream} reads: without blocking. Ready when there are bytes, an end or a failure. */
public interface ByteSource extends Pollable {
    /** The bytes that are there, up to an unsigned number of them; empty if there are none yet. */
    byte[] read(long max) throws StreamException;

    /** The guest dropped the stream. */
    default void drop() {}
}
