// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.flow;

import static dev.sluice.udp.flow.Told.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** J5 beyond the rules of Reactive Streams: what the kernel, the permit and the errors make of it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FlowTest {
    private static final int PATIENCE_SECONDS = 20;

    private final Loop.Pool loops = new Loop.Pool();

    @AfterEach
    void close() {
        loops.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio 127.0.0.1", "nio ::1", "epoll 127.0.0.1", "epoll ::1"})
    void J5_onlyWhatIsRequestedLeavesTheKernel(String where) throws Exception {
        Loop loop = loops.open(where);
        loop.sendToItself(50);
        Told told = new Told();
        new DatagramPublisher(loop.in()).subscribe(told);
        told.subscription.get().request(7);
        assertEquals(numbers(0, 7), told.next(7));
        told.subscription.get().request(3);
        assertEquals(numbers(7, 10), told.next(3));
        assertEquals(10, loop.socket.statistics().datagramsTaken(), "the rest is still the kernel's");
    }

    /** Rule 3.17, which the kit of Reactive Streams tries with more datagrams than a receive buffer holds. */
    @ParameterizedTest
    @ValueSource(strings = {"nio 127.0.0.1", "nio ::1", "epoll 127.0.0.1", "epoll ::1"})
    void J5_aRequestForMoreThanALongHoldsIsForAll(String where) throws Exception {
        Loop loop = loops.open(where);
        Told told = new Told();
        new DatagramPublisher(loop.in()).subscribe(told);
        told.subscription.get().request(Long.MAX_VALUE);
        told.subscription.get().request(Long.MAX_VALUE);
        loop.sendToItself(20);
        assertEquals(numbers(0, 20), told.next(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio 127.0.0.1", "nio ::1", "epoll 127.0.0.1", "epoll ::1"})
    void J5_whatArrivesLaterIsPublishedAndTheEndCompletes(String where) throws Exception {
        Loop loop = loops.open(where);
        Told told = new Told();
        new DatagramPublisher(loop.in()).subscribe(told);
        told.subscription.get().request(100);
        for (int round = 0; round < 5; round++) {
            loop.out().trySend(Loop.datagram(round));
            assertEquals(List.of(round), told.next(1));
        }
        loop.socket.close();
        assertEquals(List.of("complete"), told.next(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio 127.0.0.1", "nio ::1", "epoll 127.0.0.1", "epoll ::1"})
    void J5_whatACancelledSubscriberWasNotGivenIsTheNextOnes(String where) throws Exception {
        Loop loop = loops.open(where);
        loop.sendToItself(50);
        DatagramPublisher publisher = new DatagramPublisher(loop.in());
        Told first = new Told() {
            @Override
            public void onNext(IncomingDatagram datagram) {
                if (datagram.data().getInt(0) == 4) {
                    subscription.join().cancel(); // before the test learns of it
                }
                super.onNext(datagram);
            }
        };
        publisher.subscribe(first);
        first.subscription.get().request(30);
        assertEquals(numbers(0, 5), first.next(5));
        Told second = new Told();
        publisher.subscribe(second);
        second.subscription.get().request(45);
        assertEquals(numbers(5, 50), second.next(45));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio 127.0.0.1", "nio ::1", "epoll 127.0.0.1", "epoll ::1"})
    void J5_anErrorOfTheSocketEndsTheSubscriptionOnly(String where) throws Exception {
        Loop gone = loops.open(where);
        InetSocketAddress closed = gone.socket.localAddress();
        gone.socket.close();
        Loop loop = loops.open(where);
        var streams = loop.socket.stream(closed);
        DatagramPublisher publisher = new DatagramPublisher(streams.incoming());
        Told told = new Told();
        publisher.subscribe(told);
        told.subscription.get().request(1);
        streams.outgoing().trySend(Loop.datagram(1));
        SocketErrorException error =
                assertInstanceOf(SocketErrorException.class, told.next(1).get(0));
        assertEquals(ErrorCode.CONNECTION_REFUSED, error.errorCode());
        Told again = new Told();
        publisher.subscribe(again);
        again.subscription.get().request(1);
        loop.socket.close();
        assertEquals(List.of("complete"), again.next(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio 127.0.0.1", "nio ::1", "epoll 127.0.0.1", "epoll ::1"})
    void J5_allIsSentAndCounted(String where) throws Exception {
        Loop loop = loops.open(where);
        DatagramSubscriber subscriber = new DatagramSubscriber(loop.out());
        try (SubmissionPublisher<OutgoingDatagram> source = new SubmissionPublisher<>()) {
            source.subscribe(subscriber);
            IntStream.range(0, 100).forEach(number -> source.submit(Loop.datagram(number)));
        }
        assertEquals(100, subscriber.result().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals(100, loop.socket.statistics().datagramsSent());
        List<Object> received = new ArrayList<>();
        loop.in().receive(100).forEach(datagram -> received.add(datagram.data().getInt(0)));
        assertEquals(numbers(0, 100), received, "in order");
    }

    /** Gives as much as is requested, at once, on the thread that requests; each datagram by its number. */
    private static final class Source implements Flow.Subscription {
        private final int total;
        private final DatagramSubscriber subscriber;
        private final IntFunction<OutgoingDatagram> datagrams;
        final CompletableFuture<Void> cancelled = new CompletableFuture<>();
        private int given;
        long most;

        Source(int total, DatagramSubscriber subscriber, IntFunction<OutgoingDatagram> datagrams) {
            this.total = total;
            this.subscriber = subscriber;
            this.datagrams = datagrams;
        }

        @Override
        public void request(long n) {
            most = Math.max(most, n);
            for (long i = 0; i < n && given < total && !cancelled.isDone(); i++) {
                subscriber.onNext(datagrams.apply(given++));
            }
            if (given == total) {
                given++;
                subscriber.onComplete();
            }
        }

        @Override
        public void cancel() {
            cancelled.complete(null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio 127.0.0.1", "nio ::1", "epoll 127.0.0.1", "epoll ::1"})
    void J5_itsDemandIsThePermit(String where) throws Exception {
        Loop loop = loops.open(where);
        DatagramSubscriber subscriber = new DatagramSubscriber(loop.out(), Runnable::run, error -> false);
        Source source = new Source(10_000, subscriber, Loop::datagram);
        subscriber.onSubscribe(source);
        assertEquals(10_000, subscriber.result().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals(OutgoingDatagramStream.MAX_PERMIT, source.most);
    }

    private static OutgoingDatagram invalid() {
        return new OutgoingDatagram(ByteBuffer.allocate(1), new InetSocketAddress("127.0.0.1", 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio 127.0.0.1", "nio ::1", "epoll 127.0.0.1", "epoll ::1"})
    void J5_anErrorCancelsAndEndsTheResult(String where) throws Exception {
        Loop loop = loops.open(where);
        DatagramSubscriber subscriber = new DatagramSubscriber(loop.out());
        Source source = new Source(5_000, subscriber, number -> number == 1 ? invalid() : Loop.datagram(number));
        subscriber.onSubscribe(source);
        ExecutionException failed = assertThrows(
                ExecutionException.class,
                () -> subscriber.result().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals(
                ErrorCode.INVALID_ARGUMENT,
                assertInstanceOf(SocketErrorException.class, failed.getCause()).errorCode());
        source.cancelled.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertEquals(1, loop.socket.statistics().datagramsSent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio 127.0.0.1", "nio ::1", "epoll 127.0.0.1", "epoll ::1"})
    void J5_aPredicateMayGoOnWithoutTheDatagram(String where) throws Exception {
        Loop loop = loops.open(where);
        List<ErrorCode> errors = new ArrayList<>();
        DatagramSubscriber subscriber =
                new DatagramSubscriber(loop.out(), ForkJoinPool.commonPool(), error -> errors.add(error.errorCode()));
        try (SubmissionPublisher<OutgoingDatagram> source = new SubmissionPublisher<>()) {
            source.subscribe(subscriber);
            source.submit(Loop.datagram(0));
            source.submit(invalid());
            source.submit(Loop.datagram(2));
        }
        assertEquals(2, subscriber.result().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals(List.of(ErrorCode.INVALID_ARGUMENT), errors);
    }
}
