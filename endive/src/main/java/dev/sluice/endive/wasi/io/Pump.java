// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import dev.sluice.endive.async.EventLoop;

/** Copies what the host has for a guest to where the guest sends it, when the guest passes a stream of the host's on. */
final class Pump implements Runnable {
    /** So that one that never has to wait leaves time for others. */
    private static final int MOST_ROUNDS = 64;

    private final SourceWriter source;
    private final SinkReader sink;
    private final EventLoop loop;

    Pump(SourceWriter source, SinkReader sink, EventLoop loop) {
        this.source = source;
        this.sink = sink;
        this.loop = loop;
    }

    @Override
    public void run() {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            long permit = sink.permit();
            if (permit < 0) {
                source.drop();
                return;
            }
            if (permit == 0) {
                sink.onReady(this::later);
                return;
            }
            byte[] bytes = source.read(permit);
            if (bytes == null) {
                sink.drop();
                return;
            }
            if (bytes.length == 0) {
                source.onReady(this::later);
                return;
            }
            sink.write(bytes);
        }
        later();
    }

    private void later() {
        loop.later(this);
    }
}
