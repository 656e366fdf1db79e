// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import dev.sluice.endive.async.GuestBuffer;
import dev.sluice.endive.async.HostWriter;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** The bytes of a source as a stream of 0.3. */
public final class SourceWriter implements HostWriter {
    /** The most bytes of one copy. */
    private static final int MOST = 64 << 10;

    final ByteSource source;
    private final CompletableFuture<Void> outcome = new CompletableFuture<>();

    public SourceWriter(ByteSource source) {
        this.source = source;
    }

    /** One that has nothing, for a reason. */
    public static SourceWriter refused(IOException reason) {
        SourceWriter refused = new SourceWriter(null);
        refused.outcome.completeExceptionally(reason);
        return refused;
    }

    /** Completes when the stream has ended; with an IOException if it failed. */
    public CompletableFuture<Void> outcome() {
        return outcome;
    }

    @Override
    public int write(GuestBuffer buffer) {
        byte[] bytes = read(buffer.remaining());
        if (bytes == null) {
            return ENDED;
        }
        buffer.put(bytes);
        return bytes.length;
    }

    /** Null at the end. */
    byte[] read(long most) {
        if (outcome.isDone()) {
            return null;
        }
        try {
            return source.read(Math.min(MOST, most));
        } catch (StreamException e) {
            if (e.getCause() == null) {
                outcome.complete(null);
            } else {
                outcome.completeExceptionally(e.getCause());
            }
            return null;
        }
    }

    @Override
    public void drop() {
        if (outcome.isDone()) {
            return;
        }
        source.drop();
        outcome.complete(null);
    }

    @Override
    public boolean ready() {
        return outcome.isDone() || source.ready();
    }

    @Override
    public Registration onReady(Runnable action) {
        if (outcome.isDone()) {
            action.run();
            return () -> {};
        }
        return source.onReady(action);
    }
}
