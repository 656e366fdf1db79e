// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.tck.memory.MemoryControl;
import dev.sluice.udp.tck.memory.MemoryPeer;
import dev.sluice.udp.tck.memory.MemoryProvider;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The whole kit against the provider in memory: what a third party's author writes (V5). */
class MemoryConformanceTest extends ProviderConformance {
    @Override
    public UdpSocketProvider newProvider() {
        return new MemoryProvider();
    }

    @Override
    public Peer openPeer(InetSocketAddress local) {
        return new MemoryPeer(local, patience());
    }

    @Override
    public Optional<NetworkControl> networkControl() {
        return Optional.of(new MemoryControl());
    }
}
