package dev.sluice.udp.flow;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.UdpSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.testng.annotations.AfterMethod;

/** The rules of Reactive Streams for subscribers (J5), over sockets of one provider. */
abstract class SubscriberRules extends FlowSubscriberBlackboxVerification<OutgoingDatagram> {
    private static final int TIMEOUT_MILLIS = 500;
    private static final int QUIET_MILLIS = 50;

    private final String provider;
    private final List<UdpSocket> sockets = new ArrayList<>();

    SubscriberRules(String provider) {
        super(new TestEnvironment(TIMEOUT_MILLIS, QUIET_MILLIS));
        this.provider = provider;
    }

    @AfterMethod
    public void closeAll() {
        sockets.forEach(UdpSocket::close);
        sockets.clear();
    }

    @Override
    public Flow.Subscriber<OutgoingDatagram> createFlowSubscriber() {
        return new DatagramSubscriber(Loop.open(provider, sockets).out());
    }

    @Override
    public OutgoingDatagram createElement(int element) {
        return Loop.datagram(element);
    }
}
