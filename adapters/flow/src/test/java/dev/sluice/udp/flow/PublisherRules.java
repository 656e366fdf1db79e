// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.flow;

import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.UdpSocket;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterMethod;

/** The rules of Reactive Streams for publishers (J5), over sockets of one provider that send to themselves. */
abstract class PublisherRules extends FlowPublisherVerification<IncomingDatagram> {
    /** Less than a receive buffer holds. */
    private static final int MOST = 100;

    private static final int TIMEOUT_MILLIS = 500;
    private static final int QUIET_MILLIS = 50;

    private final String where;
    private final Loop.Pool loops = new Loop.Pool();

    PublisherRules(String where) {
        super(new TestEnvironment(TIMEOUT_MILLIS, QUIET_MILLIS));
        this.where = where;
    }

    @AfterMethod
    public void closeAll() {
        loops.close();
    }

    @Override
    public long maxElementsFromPublisher() {
        return MOST;
    }

    /** Its socket is closed once so many have been received, which completes it. */
    @Override
    public Flow.Publisher<IncomingDatagram> createFlowPublisher(long elements) {
        Loop loop = loops.open(where);
        loop.sendToItself(Math.min(elements, MOST));
        if (elements == 0) {
            loop.socket.close();
        }
        DatagramPublisher datagrams = new DatagramPublisher(loop.in());
        return subscriber -> datagrams.subscribe(
                subscriber == null ? null : new ClosingSubscriber(subscriber, loop.socket, elements));
    }

    /** It has a subscriber already. */
    @Override
    public Flow.Publisher<IncomingDatagram> createFailedFlowPublisher() {
        DatagramPublisher taken = new DatagramPublisher(loops.open(where).in());
        taken.subscribe(new ClosingSubscriber(null, null, 0));
        return taken;
    }

    /** Passes on what it is told, and closes a socket behind the last datagram that is expected. */
    private static final class ClosingSubscriber implements Flow.Subscriber<IncomingDatagram> {
        private final Flow.Subscriber<? super IncomingDatagram> next;
        private final UdpSocket socket;
        private long left;

        ClosingSubscriber(Flow.Subscriber<? super IncomingDatagram> next, UdpSocket socket, long expected) {
            this.next = next;
            this.socket = socket;
            this.left = expected;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            if (next != null) {
                next.onSubscribe(subscription);
            }
        }

        @Override
        public void onNext(IncomingDatagram datagram) {
            if (--left == 0) {
                socket.close();
            }
            next.onNext(datagram);
        }

        @Override
        public void onError(Throwable reason) {
            next.onError(reason);
        }

        @Override
        public void onComplete() {
            next.onComplete();
        }
    }
}
