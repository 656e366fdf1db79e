package com.example.udp.memory;

import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.tck.NetworkControl;
import dev.sluice.udp.tck.Peer;
import dev.sluice.udp.tck.ProviderConformance;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Every rule of the specification, for IPv4 and IPv6. The table of results is in target/conformance. */
class MemoryConformanceTest extends ProviderConformance {
    @Override
    public UdpSocketProvider newProvider() {
        return new MemoryProvider();
    }

    /** Only because the kit's own peers are on the system's network, and this provider isn't. */
    @Override
    public Peer openPeer(InetSocketAddress local) {
        return new MemoryPeer(local);
    }

    /** For the same reason: on the system's network the kit fills buffers and refuses datagrams itself. */
    @Override
    public Optional<NetworkControl> networkControl() {
        return Optional.of(new MemoryControl());
    }
}
