package dev.sluice.benchmarks;

import java.io.IOException;

/** One way of moving datagrams. */
interface Contender extends AutoCloseable {
    /** Moves datagrams for about that time, on its own terms, and says how many in what time. */
    Slice run(long nanos) throws Exception;

    @Override
    void close() throws IOException;
}
