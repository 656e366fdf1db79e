// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.flow;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SendNotPermittedException;
import dev.sluice.udp.SocketErrorException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Sends what has come in, and requests as much as is permitted beyond that. */
final class Sending extends SerialTask {
    final CompletableFuture<Long> result = new CompletableFuture<>();

    private final OutgoingDatagramStream out;
    private final Predicate<? super SocketErrorException> goesOn;
    private final AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();
    private final Queue<OutgoingDatagram> arrived = new ConcurrentLinkedQueue<>();

    /** Set once the publisher has said its last; how it ended. */
    private volatile CompletableFuture<Void> end;

    /** Whether the pollable is asked to call. Set in a step, cleared by the call. */
    private volatile boolean waiting;

    // Of a step.
    private final ArrayDeque<OutgoingDatagram> unsent = new ArrayDeque<>();
    private long sent;

    /** Requested, and not come yet. */
    private long outstanding;

    private boolean over;

    Sending(OutgoingDatagramStream out, Executor executor, Predicate<? super SocketErrorException> goesOn) {
        super(executor);
        this.out = out;
        this.goesOn = goesOn;
    }

    void begin(Flow.Subscription first) {
        if (subscription.compareAndSet(null, first)) {
            schedule();
        } else {
            first.cancel(); // rule 2.5
        }
    }

    void add(OutgoingDatagram datagram) {
        arrived.add(datagram);
        schedule();
    }

    void end(CompletableFuture<Void> how) {
        end = how;
        schedule();
    }

    @Override
    void step() {
        if (over) {
            arrived.clear();
            return;
        }
        CompletableFuture<Void> ended = end; // before what came before it is looked for
        try {
            takeArrived();
            boolean open = sendSome();
            if (ended != null && unsent.isEmpty() && arrived.isEmpty()) {
                finish(ended);
            } else if (open && ended == null) {
                request();
            }
        } catch (SocketErrorException | SendNotPermittedException e) {
            fail(e);
        } catch (UncheckedIOException e) { // it can't be waited for: no thread is left, say
            fail(e.getCause());
        } catch (RuntimeException | Error thrown) { // by the predicate, or a buffer whose memory is gone
            fail(thrown);
        }
    }

    private void takeArrived() {
        for (OutgoingDatagram next = arrived.poll(); next != null; next = arrived.poll()) {
            unsent.add(next);
            outstanding--;
        }
    }

    /**
     * Sends as much as is permitted.
     *
     * @return whether more is permitted; otherwise the pollable calls
     */
    private boolean sendSome() throws SocketErrorException {
        int permitted = out.checkSend();
        while (permitted > 0 && !unsent.isEmpty()) {
            send(permitted);
            permitted = out.checkSend();
        }
        if (permitted == 0) {
            await();
        }
        return permitted > 0;
    }

    private void send(int permitted) throws SocketErrorException {
        List<OutgoingDatagram> list = new ArrayList<>(Math.min(permitted, unsent.size()));
        for (OutgoingDatagram datagram : unsent) {
            if (list.size() == permitted) {
                break;
            }
            list.add(datagram);
        }
        try {
            int gone = out.send(list);
            sent += gone;
            for (int i = 0; i < gone; i++) {
                unsent.remove();
            }
        } catch (SocketErrorException e) {
            boolean goOn = goesOn.test(e);
            if (e.concernsEarlierDatagram()) {
                return;
            }
            if (!goOn || out.subscribe().hasEnded()) {
                throw e;
            }
            unsent.remove();
        }
    }

    /** As much as is permitted, less what is on its way; not each datagram by itself. Everything is sent that came. */
    private void request() throws SocketErrorException {
        int permitted = out.checkSend();
        long more = permitted - outstanding;
        if (more > permitted / 2) {
            outstanding += more;
            subscription.get().request(more);
        }
    }

    private void await() {
        if (!waiting) {
            waiting = true;
            out.subscribe().onReady(() -> {
                waiting = false;
                schedule();
            });
        }
    }

    private void finish(CompletableFuture<Void> ended) {
        over = true;
        long total = sent;
        ended.whenComplete((nothing, failure) -> {
            if (failure == null) {
                result.complete(total);
            } else {
                result.completeExceptionally(failure);
            }
        });
    }

    private void fail(Throwable reason) {
        over = true;
        unsent.clear();
        arrived.clear();
        Flow.Subscription mine = subscription.get();
        if (mine != null) {
            mine.cancel();
        }
        result.completeExceptionally(reason);
    }

    @Override
    void refused(RejectedExecutionException refusal) {
        if (!over) {
            fail(refusal);
        }
    }
}
