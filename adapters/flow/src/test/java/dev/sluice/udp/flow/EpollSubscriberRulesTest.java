package dev.sluice.udp.flow;

import org.testng.annotations.Test;

/** J5 on {@code epoll}. */
@Test
public class EpollSubscriberRulesTest extends SubscriberRules {
    public EpollSubscriberRulesTest() {
        super("epoll");
    }
}
