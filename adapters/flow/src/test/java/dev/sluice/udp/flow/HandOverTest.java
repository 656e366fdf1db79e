// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.flow;

import static dev.sluice.udp.flow.Told.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.IncomingDatagram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * J5: what one subscriber leaves is the next one's, whenever the next one comes. Tasks run where and when the test says, so
 * that each order of events is tried and not hoped for.
 */
class HandOverTest {
    private static final Executor AT_ONCE = Runnable::run;

    private final Loop.Pool loops = new Loop.Pool();

    @AfterEach
    void close() {
        loops.close();
    }

    private Loop loopWith(int datagrams, String where) {
        Loop loop = loops.open(where);
        loop.sendToItself(datagrams);
        return loop;
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio 127.0.0.1", "nio ::1", "epoll 127.0.0.1", "epoll ::1"})
    void J5_theNextMayComeWhileTheFormerIsStillBeingTold(String where) {
        DatagramPublisher publisher = new DatagramPublisher(loopWith(50, where).in(), AT_ONCE);
        Told second = new Told(45);
        Told first = new Told(30) {
            @Override
            public void onNext(IncomingDatagram datagram) {
                super.onNext(datagram);
                if (signals.size() == 5) {
                    subscription.join().cancel();
                    publisher.subscribe(second);
                }
            }
        };
        publisher.subscribe(first);
        assertEquals(numbers(0, 5), first.all());
        assertEquals(numbers(5, 50), second.all(), "in order");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio 127.0.0.1", "nio ::1", "epoll 127.0.0.1", "epoll ::1"})
    void J5_aSubscriberThatThrowsIsToldNoMoreAndLeavesTheRest(String where) {
        DatagramPublisher publisher = new DatagramPublisher(loopWith(20, where).in(), AT_ONCE);
        UncheckedIOException its = new UncheckedIOException(new IOException("the subscriber's own"));
        Told first = new Told(20) {
            @Override
            public void onNext(IncomingDatagram datagram) {
                super.onNext(datagram);
                if (signals.size() == 3) {
                    throw its;
                }
            }
        };
        assertSame(its, assertThrows(UncheckedIOException.class, () -> publisher.subscribe(first)));
        assertEquals(numbers(0, 3), first.all());
        Told second = new Told(17);
        publisher.subscribe(second);
        assertEquals(numbers(3, 20), second.all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio 127.0.0.1", "nio ::1", "epoll 127.0.0.1", "epoll ::1"})
    void J5_theEndOfTheStreamDoesNotLoseWhatWasLeft(String where) {
        Loop loop = loopWith(10, where);
        DatagramPublisher publisher = new DatagramPublisher(loop.in(), AT_ONCE);
        publisher.subscribe(new Told(10) {
            @Override
            public void onNext(IncomingDatagram datagram) {
                super.onNext(datagram);
                if (signals.size() == 4) {
                    subscription.join().cancel();
                }
            }
        });
        loop.socket.close();
        Told second = new Told(10);
        publisher.subscribe(second);
        assertEquals(List.of(4, 5, 6, 7, 8, 9, "complete"), second.all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio 127.0.0.1", "nio ::1", "epoll 127.0.0.1", "epoll ::1"})
    void J5_onceCancelledAnotherMaySubscribe(String where) {
        Queue<Runnable> later = new ArrayDeque<>();
        DatagramPublisher publisher = new DatagramPublisher(loopWith(10, where).in(), later::add);
        Told first = new Told(4);
        publisher.subscribe(first);
        runAll(later);
        first.subscription.join().cancel();
        Told second = new Told(6);
        publisher.subscribe(second);
        Told third = new Told(1);
        publisher.subscribe(third);
        assertEquals(IllegalStateException.class, third.all().get(0).getClass(), "the second one is only waiting");
        runAll(later);
        assertEquals(numbers(0, 4), first.all());
        assertEquals(numbers(4, 10), second.all());
    }

    private static void runAll(Queue<Runnable> later) {
        for (Runnable next = later.poll(); next != null; next = later.poll()) {
            next.run();
        }
    }
}
