package dev.sluice.udp.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import dev.sluice.udp.spi.TransportProvider;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiscoveryTest {

    @Test
    void V1_theActivatorOfItsBundleMakesIt() {
        try (TransportProvider made = new NioActivator().create()) {
            assertInstanceOf(NioProvider.class, made);
        }
    }

    @Test
    void V1_serviceLoaderFindsIt() {
        UdpSocketProvider provider = UdpSockets.provider("nio");
        assertEquals("nio", provider.name());
        assertSame(provider, UdpSockets.provider());
        assertEquals(Optional.empty(), provider.unavailability());
        assertEquals(0, provider.priority());
        assertEquals(Set.of(), provider.capabilities());
    }
}
