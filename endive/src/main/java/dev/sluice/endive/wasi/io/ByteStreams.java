// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.async.Channel;
import dev.sluice.endive.async.CopyEnd;
import dev.sluice.endive.async.Element;
import dev.sluice.endive.async.EventLoop;
import dev.sluice.endive.async.GuestBuffer.Lowering;
import dev.sluice.endive.async.HostFuture;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Streams of bytes of 0.3, each with a future that tells how it ended.
 */
public final class ByteStreams {
    /** Writes how a stream ended to the guest's memory: a {@code result<_, error-code>}. */
    @FunctionalInterface
    public interface Outcome {
        /** The failure is null for success. */
        void lower(IOException failure, Call call, int address);
    }

    private final EventLoop loop;
    private final Element result;
    private final Outcome outcome;

    /**
     * @param loop the guest's
     * @param result the type of the futures' value
     * @param outcome lowers it
     */
    public ByteStreams(EventLoop loop, Element result, Outcome outcome) {
        this.loop = loop;
        this.result = result;
        this.outcome = outcome;
    }

    /** {@code tuple<stream<u8>, future<result<_, error-code>>>}, whose address is the last argument. */
    public void read(Call call, SourceWriter source) {
        int address = call.returnPointer(8, 4);
        call.memory().putInt(address, Channel.stream(Element.U8, loop, source).addTo(call.handles()));
        call.memory().putInt(address + 4, future(call, source.outcome()));
    }

    /** Takes the stream that the guest passes by a handle, and returns the handle of the future. */
    public int write(Call call, int stream, SinkReader sink) {
        Channel channel = CopyEnd.passOn(call, stream, Element.U8);
        if (channel.writer() instanceof SourceWriter source) {
            new Pump(source, sink, loop).run();
        } else {
            channel.readBy(sink);
        }
        return future(call, sink.outcome());
    }

    private int future(Call call, CompletableFuture<Void> end) {
        CompletableFuture<Lowering> value = end.handle((nothing, error) -> {
            Throwable cause = error instanceof CompletionException ? error.getCause() : error;
            IOException failure =
                    cause == null || cause instanceof IOException ? (IOException) cause : new IOException(cause);
            return (c, address) -> outcome.lower(failure, c, address);
        });
        return Channel.future(result, loop, new HostFuture(value)).addTo(call.handles());
    }
}
