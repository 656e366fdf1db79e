// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.flow;

import org.testng.annotations.Test;

/** J5 on {@code nio}, IPv4. */
@Test
public class NioPublisherRulesTest extends PublisherRules {
    public NioPublisherRulesTest() {
        super("nio 127.0.0.1");
    }
}
