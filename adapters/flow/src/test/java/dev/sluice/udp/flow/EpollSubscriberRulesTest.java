// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.flow;

import org.testng.annotations.Test;

/** J5 on {@code epoll}, IPv6. */
@Test
public class EpollSubscriberRulesTest extends SubscriberRules {
    public EpollSubscriberRulesTest() {
        super("epoll ::1");
    }
}
