package dev.sluice.udp.tck.broken;

import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.tck.Peer;
import dev.sluice.udp.tck.ProviderConformance;
import dev.sluice.udp.tck.memory.MemoryPeer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;

/** The kit against whatever {@link BrokenTest} tries; not run by itself. */
public final class BrokenConformance extends ProviderConformance {
    /** Makes the provider of the fault that is being tried. */
    static volatile Supplier<UdpSocketProvider> making;

    @Override
    public UdpSocketProvider newProvider() {
        return making.get();
    }

    @Override
    public Peer openPeer(InetSocketAddress local) {
        return new MemoryPeer(local);
    }

    /** Many a fault shows itself by something that never comes. */
    @Override
    public Duration patience() {
        return Duration.ofSeconds(1);
    }
}
