// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.flow;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.sluice.udp.IncomingDatagram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A subscriber that keeps its subscription and the signals it got: numbers, an error, or "complete". */
class Told implements Flow.Subscriber<IncomingDatagram> {
    private static final int PATIENCE_SECONDS = 20;

    final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    final BlockingQueue<Object> signals = new LinkedBlockingQueue<>();
    private final long wanted;

    /** Requests nothing by itself. */
    Told() {
        this(0);
    }

    /** Requests so many as soon as it may. */
    Told(long wanted) {
        this.wanted = wanted;
    }

    static List<Object> numbers(int from, int to) {
        return IntStream.range(from, to).<Object>mapToObj(number -> number).toList();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription.complete(given);
        if (wanted > 0) {
            given.request(wanted);
        }
    }

    @Override
    public void onNext(IncomingDatagram datagram) {
        signals.add(datagram.data().getInt(0));
    }

    @Override
    public void onError(Throwable reason) {
        signals.add(reason);
    }

    @Override
    public void onComplete() {
        signals.add("complete");
    }

    /** The next signals, once there are so many. */
    List<Object> next(int count) throws InterruptedException {
        List<Object> next = new ArrayList<>();
        while (next.size() < count) {
            Object signal = signals.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertNotNull(signal, () -> "only " + next);
            next.add(signal);
        }
        return next;
    }

    /** All signals so far. */
    List<Object> all() {
        return List.copyOf(signals);
    }
}
