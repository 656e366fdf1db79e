// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.flow.DatagramSubscriber;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/** J5 on a link so slow that the send buffer fills: the publisher is held back, and nothing is lost. */
class FlowDemandTest {
    private static final int PORT = 7012;
    private static final int TOTAL = 3_000;

    /** Gives what is requested at once, on the thread that requests. */
    private static final class Source implements Flow.Subscription {
        private final List<OutgoingDatagram> datagrams;
        private final DatagramSubscriber subscriber;
        private final Sender sender;
        private int given;

        /** The most that was requested and not sent. */
        long most;

        Source(List<OutgoingDatagram> datagrams, DatagramSubscriber subscriber, Sender sender) {
            this.datagrams = datagrams;
            this.subscriber = subscriber;
            this.sender = sender;
        }

        @Override
        public void request(long n) {
            most = Math.max(most, given + n - sender.socket.statistics().datagramsSent());
            for (long i = 0; i < n && given < datagrams.size(); i++) {
                subscriber.onNext(datagrams.get(given++));
                if (given == datagrams.size()) {
                    subscriber.onComplete();
                }
            }
        }

        @Override
        public void cancel() {}
    }

    @EverySetting
    void J5_aFullBufferHoldsBackThePublisher(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, lab.peer(PORT))) {
            lab.peer.open(PORT);
            SlowLink.SLOW.begin();
            List<OutgoingDatagram> datagrams = Payloads.list(TOTAL, 200, 1, null);
            DatagramSubscriber subscriber = new DatagramSubscriber(sender.out());
            Source source = new Source(datagrams, subscriber, sender);
            subscriber.onSubscribe(source);
            assertEquals(TOTAL, subscriber.result().toCompletableFuture().get(30, TimeUnit.SECONDS));
            assertTrue(sender.socket.statistics().leftToCaller() > 0, "the buffer was full at least once");
            assertEquals(OutgoingDatagramStream.MAX_PERMIT, source.most, "the permit, and never more");
            assertEquals(
                    Payloads.expected(datagrams).inAnyOrder(),
                    lab.peer.await(PORT, TOTAL).inAnyOrder(),
                    "exactly once");
        }
    }
}
