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
    /** Many a fault shows itself by something that never comes. */
    static final Duration SHORT = Duration.ofSeconds(1);

    /** Where there is no fault everything comes, on a busy machine too. */
    static final Duration LONG = Duration.ofSeconds(30);

    /** Makes the provider of the fault that is being tried. */
    static volatile Supplier<UdpSocketProvider> making;

    static volatile Duration patience = SHORT;

    @Override
    public UdpSocketProvider newProvider() {
        return making.get();
    }

    @Override
    public Peer openPeer(InetSocketAddress local) {
        return new MemoryPeer(local);
    }

    @Override
    public Duration patience() {
        return patience;
    }
}
