// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.IOException;

/** Sends a datagram to another process, which sends it back, and waits for it. */
interface RoundTrips extends AutoCloseable {
    /** The nanoseconds of each of so many. */
    long[] run(int count) throws Exception;

    @Override
    void close() throws IOException;
}
