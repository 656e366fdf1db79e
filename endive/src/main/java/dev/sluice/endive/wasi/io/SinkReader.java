// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import dev.sluice.endive.async.GuestBuffer;
import dev.sluice.endive.async.HostReader;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** A sink that takes what is written to a stream of 0.3. */
public final class SinkReader implements HostReader {
    private final ByteSink sink;
    private final CompletableFuture<Void> outcome = new CompletableFuture<>();

    public SinkReader(ByteSink sink) {
        this.sink = sink;
    }

    /** One that takes nothing, for a reason. */
    public static SinkReader refused(IOException reason) {
        SinkReader refused = new SinkReader(null);
        refused.outcome.completeExceptionally(reason);
        return refused;
    }

    /** Completes when the stream has ended and all has been passed on; with an IOException if that failed. */
    public CompletableFuture<Void> outcome() {
        return outcome;
    }

    @Override
    public int read(GuestBuffer buffer) {
        long permit = permit();
        if (permit <= 0) {
            return (int) permit;
        }
        return write(buffer.take((int) Math.min(permit, buffer.remaining())));
    }

    /** How many bytes it takes now; ENDED after a failure. */
    long permit() {
        if (outcome.isDone()) {
            return ENDED;
        }
        try {
            return Math.min(OutputStreamResource.PERMIT, sink.permit());
        } catch (IOException e) {
            outcome.completeExceptionally(e);
            return ENDED;
        }
    }

    /** Takes permitted bytes, and says how many; ENDED if that failed. */
    int write(byte[] bytes) {
        try {
            sink.write(bytes);
            sink.flush();
            return bytes.length;
        } catch (IOException e) {
            outcome.completeExceptionally(e);
            return ENDED;
        }
    }

    @Override
    public void drop() {
        if (outcome.isDone()) {
            return;
        }
        sink.end(failure -> {
            if (failure == null) {
                outcome.complete(null);
            } else {
                outcome.completeExceptionally(failure);
            }
        });
    }

    @Override
    public boolean ready() {
        return outcome.isDone() || sink.ready();
    }

    @Override
    public Registration onReady(Runnable action) {
        if (outcome.isDone()) {
            action.run();
            return () -> {};
        }
        return sink.onReady(action);
    }
}
