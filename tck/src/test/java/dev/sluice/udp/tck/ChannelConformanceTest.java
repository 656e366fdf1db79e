// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.tck.channel.ChannelProvider;

/** The whole kit against a provider that isn't built on the SPI (V5). */
class ChannelConformanceTest extends ProviderConformance {
    @Override
    public UdpSocketProvider newProvider() {
        return new ChannelProvider();
    }
}
