// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.flow;

import dev.sluice.udp.OutgoingDatagram;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.testng.annotations.AfterMethod;

/** The rules of Reactive Streams for subscribers (J5), over sockets of one provider. */
abstract class SubscriberRules extends FlowSubscriberBlackboxVerification<OutgoingDatagram> {
    private static final int TIMEOUT_MILLIS = 500;
    private static final int QUIET_MILLIS = 50;

    private final String where;
    private final Loop.Pool loops = new Loop.Pool();

    SubscriberRules(String where) {
        super(new TestEnvironment(TIMEOUT_MILLIS, QUIET_MILLIS));
        this.where = where;
    }

    @AfterMethod
    public void closeAll() {
        loops.close();
    }

    @Override
    public Flow.Subscriber<OutgoingDatagram> createFlowSubscriber() {
        return new DatagramSubscriber(loops.open(where).out());
    }

    @Override
    public OutgoingDatagram createElement(int element) {
        return Loop.datagram(element);
    }
}
