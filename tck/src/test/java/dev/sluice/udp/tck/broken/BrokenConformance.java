// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.tck.NetworkControl;
import dev.sluice.udp.tck.Peer;
import dev.sluice.udp.tck.ProviderConformance;
import dev.sluice.udp.tck.memory.MemoryControl;
import dev.sluice.udp.tck.memory.MemoryPeer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The kit against whatever {@link BrokenTest} tries; not run by itself. */
public final class BrokenConformance extends ProviderConformance {
    /** Makes the provider of the fault that is being tried. */
    static volatile Supplier<UdpSocketProvider> making;

    static volatile Duration patience = USUAL_PATIENCE;

    @Override
    public UdpSocketProvider newProvider() {
        return making.get();
    }

    @Override
    public Peer openPeer(InetSocketAddress local) {
        return new MemoryPeer(local, patience());
    }

    @Override
    public Optional<NetworkControl> networkControl() {
        return Optional.of(new MemoryControl());
    }

    @Override
    public Duration patience() {
        return patience;
    }
}
