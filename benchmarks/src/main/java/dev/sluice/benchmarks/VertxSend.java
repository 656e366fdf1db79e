// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import java.util.concurrent.CompletableFuture;

/** Vert.x on its native transport and its own event loop: a list is sent, and the next one when its futures are done. */
final class VertxSend implements Contender {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final Load load;
    private final Buffer[] payloads;
    private final String[] hosts;
    private DatagramSocket socket;

    VertxSend(Load load) {
        this.load = load;
        payloads = new Buffer[load.list()];
        hosts = new String[load.list()];
        for (int i = 0; i < payloads.length; i++) {
            payloads[i] = Buffer.buffer(new byte[load.size(i)]);
            hosts[i] = load.destination(i).getAddress().getHostAddress();
        }
    }

    @Override
    public Slice run(long nanos) throws Exception {
        CompletableFuture<Slice> done = new CompletableFuture<>();
        vertx.runOnContext(nothing -> {
            if (socket == null) {
                socket = vertx.createDatagramSocket(new DatagramSocketOptions());
            }
            new Run(nanos, done).sendList();
        });
        return done.get();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** One slice. Everything happens on the event loop. */
    private final class Run {
        private final long nanos;
        private final CompletableFuture<Slice> done;
        private final long begin = System.nanoTime();
        private long datagrams;
        private int open;

        Run(long nanos, CompletableFuture<Slice> done) {
            this.nanos = nanos;
            this.done = done;
        }

        void sendList() {
            open = payloads.length;
            for (int i = 0; i < payloads.length; i++) {
                socket.send(payloads[i], load.destination(i).getPort(), hosts[i])
                        .onComplete(result -> {
                            if (result.failed()) {
                                done.completeExceptionally(result.cause());
                            } else if (--open == 0) {
                                listIsSent();
                            }
                        });
            }
        }

        private void listIsSent() {
            datagrams += payloads.length;
            long elapsed = System.nanoTime() - begin;
            if (elapsed < nanos) {
                vertx.runOnContext(nothing -> sendList());
            } else {
                done.complete(new Slice(datagrams, elapsed));
            }
        }
    }
}
