// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.udp.DatagramBatch;
import java.nio.ByteBuffer;

/** Copies separate heap buffers into a batch, as sending a list has to, and sends nothing. */
final class BatchFill extends Rounds {
    private final ByteBuffer[] payloads;
    private final DatagramBatch batch;

    BatchFill(Load load) {
        super(load.list());
        payloads = load.heapBuffers();
        batch = new DatagramBatch(load.list(), load.bytes());
    }

    @Override
    void round() {
        batch.clear();
        for (ByteBuffer payload : payloads) {
            batch.add(null, payload);
        }
    }

    @Override
    public void close() {}
}
