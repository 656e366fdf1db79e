package dev.sluice.udp.epoll;

import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.tck.ProviderConformance;

/** The conformance kit against this provider. */
class EpollConformanceTest extends ProviderConformance {
    @Override
    public UdpSocketProvider newProvider() {
        return new EpollProvider();
    }
}
