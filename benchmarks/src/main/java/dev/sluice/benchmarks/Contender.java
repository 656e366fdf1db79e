// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.IOException;

/** One way of moving datagrams. */
interface Contender extends AutoCloseable {
    /** Moves datagrams for about that time, and returns how many in what time. */
    Slice run(long nanos) throws Exception;

    /** One short round of the same, of which many are needed until the compiler has done with all of it. */
    default void warmUp() throws Exception {
        run(0);
    }

    @Override
    void close() throws IOException;
}
