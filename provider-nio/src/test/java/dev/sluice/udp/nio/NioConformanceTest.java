// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.tck.ProviderConformance;

/** The whole conformance kit. */
class NioConformanceTest extends ProviderConformance {
    @Override
    public UdpSocketProvider newProvider() {
        return new NioProvider();
    }
}
