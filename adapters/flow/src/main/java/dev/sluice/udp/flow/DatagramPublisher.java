// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.flow;

import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.Rule;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Publishes what arrives on a stream. It takes from the kernel no more than was requested and not delivered yet ({@link
 * Rule#J5 J5}): what was not requested stays in the socket's receive buffer, where the kernel drops what there is no room
 * for, as it does for every receiver that is too slow.
 *
 * <p><b>Subscribers.</b> One at a time, since each datagram goes to one; a second one is given an {@link
 * IllegalStateException}. When a subscriber has cancelled or was given an error, the next may come. It is given its
 * subscription once the one before is no longer being called, and begins with what that had requested and not been given.
 *
 * <p><b>End.</b> {@code onComplete} when the stream has ended, by closing the socket or by another {@code stream} call; a
 * subscriber that wants nothing at that moment is told when it requests again. An error of the socket is {@code onError} with a
 * {@link dev.sluice.udp.SocketErrorException}; the stream goes on, and may be subscribed to again. What a subscriber throws
 * cancels its subscription, and is thrown to the executor.
 *
 * <p><b>Threads.</b> All signals come on the executor, one after the other; a subscriber may block there. No thread waits for
 * datagrams: the provider's own tells when some have arrived.
 */
public final class DatagramPublisher implements Flow.Publisher<IncomingDatagram> {
    private final IncomingDatagramStream in;
    private final Executor executor;

    /** The latest that has not settled. */
    private final AtomicReference<Receiving> current = new AtomicReference<>();

    /** Taken for a subscriber that cancelled before it got them. Used by the one that settles next, in its steps. */
    private final Deque<IncomingDatagram> undelivered = new ArrayDeque<>();

    /**
     * A publisher whose signals come on the {@linkplain ForkJoinPool#commonPool common pool}.
     *
     * @param in where datagrams arrive; nothing else should receive from it
     */
    public DatagramPublisher(IncomingDatagramStream in) {
        this(in, ForkJoinPool.commonPool());
    }

    /**
     * A publisher.
     *
     * @param in where datagrams arrive; nothing else should receive from it
     * @param executor where subscribers are called. One that runs tasks at once, on the calling thread, has them called on the
     *     provider's thread, where they must not block
     */
    public DatagramPublisher(IncomingDatagramStream in, Executor executor) {
        this.in = Objects.requireNonNull(in, "in");
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    @Override
    public void subscribe(Flow.Subscriber<? super IncomingDatagram> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        Receiving receiving = new Receiving(this, in, executor, subscriber);
        Receiving former;
        do {
            former = current.get();
            if (former != null && !former.isLeaving()) {
                subscriber.onSubscribe(NoSubscription.INSTANCE);
                subscriber.onError(new IllegalStateException(
                        "this publisher has a subscriber: a datagram goes to one of them only"));
                return;
            }
        } while (!current.compareAndSet(former, receiving));
        if (former == null) {
            receiving.schedule();
        } else {
            former.onSettled(receiving::schedule); // or it would overtake what the former gives back
        }
    }

    /** The next of those that an earlier subscriber was not given, or null. */
    IncomingDatagram pollUndelivered() {
        return undelivered.poll();
    }

    /** They are for the next subscriber. */
    void giveBack(List<IncomingDatagram> rest) {
        for (int i = rest.size(); i-- > 0; ) {
            undelivered.addFirst(rest.get(i));
        }
    }

    boolean hasUndelivered() {
        return !undelivered.isEmpty();
    }

    /** It is not to be held any more (rule 3.13). */
    void forget(Receiving settled) {
        current.compareAndSet(settled, null);
    }

    /** For a subscriber that is refused at once. */
    private enum NoSubscription implements Flow.Subscription {
        INSTANCE;

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}
