package dev.sluice.udp.flow;

import org.testng.annotations.Test;

/** J5 on {@code nio}. */
@Test
public class NioSubscriberRulesTest extends SubscriberRules {
    public NioSubscriberRulesTest() {
        super("nio");
    }
}
