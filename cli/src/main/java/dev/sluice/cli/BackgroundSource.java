// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.Pollable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A source that is read on a thread of its own, while the thread that sends does something else. */
final class BackgroundSource implements Source {
    /** What is done meanwhile. */
    @FunctionalInterface
    interface Meanwhile {
        /** Returns when that is ready, if not before. */
        void until(Pollable read) throws InterruptedException;
    }

    private final Source source;
    private final Meanwhile meanwhile;

    BackgroundSource(Source source, Meanwhile meanwhile) {
        this.source = source;
        this.meanwhile = meanwhile;
    }

    @Override
    public ByteBuffer next() {
        return source.next();
    }

    @Override
    public boolean read() throws IOException, InterruptedException {
        CompletableFuture<Boolean> reading = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(reading), "input");
        reader.setDaemon(true);
        reader.start();
        Pollable read = new Done(reading);
        while (!read.ready()) {
            meanwhile.until(read);
        }
        try {
            return reading.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private void read(CompletableFuture<Boolean> reading) {
        try {
            reading.complete(source.read());
        } catch (IOException | InterruptedException | RuntimeException e) {
            reading.completeExceptionally(e);
        }
    }

    private record Done(CompletableFuture<Boolean> reading) implements Pollable {
        @Override
        public boolean ready() {
            return reading.isDone();
        }

        @Override
        public Registration onReady(Runnable action) {
            CompletableFuture<Void> called =
                    reading.handle((end, failure) -> null).thenRun(action);
            return () -> called.cancel(false);
        }
    }
}
