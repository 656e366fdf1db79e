// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.flow;

import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/** One subscription: receives what was requested. */
final class Receiving extends SerialTask implements Flow.Subscription {
    /** So that what a subscriber cancels is little. */
    private static final int LOT = 64;

    private final DatagramPublisher publisher;
    private final IncomingDatagramStream in;
    private final Flow.Subscriber<? super IncomingDatagram> subscriber;
    private final AtomicLong requested = new AtomicLong();

    private volatile boolean misrequested;

    /** Cancelled, or over: the next subscriber may come. */
    private volatile boolean leaving;

    /** Completes when nothing more is received, signalled or given back. */
    private final CompletableFuture<Void> settled = new CompletableFuture<>();

    /** Whether the pollable is asked to call. Set in a step, cleared by the call. */
    private volatile boolean waiting;

    // Of a step.
    private boolean begun;
    private boolean over;
    private Pollable.Registration registration;

    Receiving(
            DatagramPublisher publisher,
            IncomingDatagramStream in,
            Executor executor,
            Flow.Subscriber<? super IncomingDatagram> subscriber) {
        super(executor);
        this.publisher = publisher;
        this.in = in;
        this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            misrequested = true;
        } else {
            requested.accumulateAndGet(n, (had, more) -> had + more < 0 ? Long.MAX_VALUE : had + more);
        }
        schedule();
    }

    @Override
    public void cancel() {
        leaving = true;
        schedule();
    }

    boolean isLeaving() {
        return leaving;
    }

    void onSettled(Runnable action) {
        settled.thenRun(action);
    }

    @Override
    void step() {
        if (over) {
            return;
        }
        try {
            beginOnce();
            while (!isOver() && requested.get() > 0 && deliverSome()) {
                // until there is nothing more, or no more is wanted
            }
        } catch (RuntimeException | Error thrown) { // by the subscriber: as if it had cancelled (rule 2.13)
            finish();
            throw thrown;
        } finally {
            settleIfOver();
        }
    }

    private void settleIfOver() {
        if (over) {
            publisher.forget(this);
            settled.complete(null);
        }
    }

    private void beginOnce() {
        if (begun) {
            return;
        }
        begun = true;
        subscriber.onSubscribe(this);
        if (!isOver() && !publisher.hasUndelivered() && in.subscribe().hasEnded()) {
            complete();
        }
    }

    /** Whether nothing is to be signalled any more; finds out why. */
    private boolean isOver() {
        if (!over && leaving) {
            finish();
        } else if (!over && misrequested) {
            fail(new IllegalArgumentException("rule 3.9: a request must be for more than 0"));
        }
        return over;
    }

    /** Delivers what is there; if nothing is, has itself called when something arrives. */
    private boolean deliverSome() {
        List<IncomingDatagram> lot = takeSome();
        deliver(lot);
        return !lot.isEmpty();
    }

    private List<IncomingDatagram> takeSome() {
        IncomingDatagram kept = publisher.pollUndelivered();
        if (kept != null) {
            return List.of(kept);
        }
        try {
            List<IncomingDatagram> lot = in.receive((int) Math.min(requested.get(), LOT));
            if (lot.isEmpty()) {
                await();
            }
            return lot;
        } catch (SocketErrorException e) {
            if (in.subscribe().hasEnded()) {
                complete();
            } else {
                fail(e);
            }
        } catch (UncheckedIOException e) { // it can't be waited for: no thread is left, say
            fail(e.getCause());
        }
        return List.of();
    }

    private void deliver(List<IncomingDatagram> lot) {
        int next = 0;
        try {
            while (next < lot.size() && !isOver()) {
                requested.updateAndGet(had -> had == Long.MAX_VALUE ? had : had - 1);
                subscriber.onNext(lot.get(next++));
            }
        } finally {
            if (next < lot.size()) {
                publisher.giveBack(lot.subList(next, lot.size()));
            }
        }
    }

    private void await() {
        if (!waiting) {
            waiting = true;
            registration = in.subscribe().onReady(() -> {
                waiting = false;
                schedule();
            });
        }
    }

    private void complete() {
        finish();
        subscriber.onComplete();
    }

    private void fail(Throwable reason) {
        finish();
        subscriber.onError(reason);
    }

    private void finish() {
        over = true;
        leaving = true;
        if (registration != null) {
            registration.cancel();
        }
    }

    @Override
    void refused(RejectedExecutionException refusal) {
        if (over) {
            return;
        }
        try {
            beginOnce();
            if (!isOver()) {
                fail(refusal);
            }
        } finally {
            settleIfOver();
        }
    }
}
