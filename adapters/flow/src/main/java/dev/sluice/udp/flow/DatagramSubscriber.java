// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.flow;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.Rule;
import dev.sluice.udp.SocketErrorException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Predicate;

/**
 * Sends what it is given. Its demand is the stream's permit ({@link Rule#J5 J5}): what it has requested and not sent yet is
 * never more than {@code checkSend} last answered, so a full send buffer holds back the publisher. What has come in meanwhile
 * leaves as one list, to which segmentation offload applies.
 *
 * <p><b>Errors.</b> An error of an earlier datagram ({@link SocketErrorException#concernsEarlierDatagram}) costs none: the
 * datagram that met it is sent again. Any other belongs to the first datagram that wasn't sent; without a predicate it cancels
 * the subscription and ends {@link #result}, with one the predicate decides.
 *
 * <p><b>Threads.</b> Sending happens on the executor, and no thread waits for the gate. The stream's permits are this object's
 * while it is subscribed: nothing else should call {@code checkSend} or {@code send}; {@code trySend} may be called.
 *
 * <p>A datagram's payload is read when it is sent: it must not change before.
 */
public final class DatagramSubscriber implements Flow.Subscriber<OutgoingDatagram> {
    private final Sending sending;

    /**
     * A subscriber that sends on the {@linkplain ForkJoinPool#commonPool common pool} and ends at the first error.
     *
     * @param out where datagrams go
     */
    public DatagramSubscriber(OutgoingDatagramStream out) {
        this(out, ForkJoinPool.commonPool(), error -> false);
    }

    /**
     * A subscriber.
     *
     * @param out where datagrams go
     * @param executor where it sends. One that runs tasks at once, on the calling thread, sends each datagram that comes by
     *     itself alone
     * @param goesOn is told each error, on the executor, those of earlier datagrams included, and answers whether to go on
     *     with the next datagram; its answer matters only for an error that isn't an earlier datagram's
     */
    public DatagramSubscriber(
            OutgoingDatagramStream out, Executor executor, Predicate<? super SocketErrorException> goesOn) {
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(goesOn, "goesOn");
        sending = new Sending(out, executor, goesOn);
    }

    /**
     * What becomes of it.
     *
     * @return completes with the number of datagrams sent when the publisher has completed and all are sent; exceptionally with
     *     the publisher's error, after what came before it was sent, or with what ended sending: a {@link SocketErrorException}
     *     or a {@link dev.sluice.udp.SendNotPermittedException}, if something else used the stream's permit. Cancelling it has
     *     no effect
     */
    public CompletionStage<Long> result() {
        return sending.result.minimalCompletionStage();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        sending.begin(Objects.requireNonNull(subscription, "subscription"));
    }

    @Override
    public void onNext(OutgoingDatagram datagram) {
        sending.add(Objects.requireNonNull(datagram, "datagram"));
    }

    @Override
    public void onError(Throwable reason) {
        sending.end(CompletableFuture.failedFuture(Objects.requireNonNull(reason, "reason")));
    }

    @Override
    public void onComplete() {
        sending.end(CompletableFuture.completedFuture(null));
    }
}
