// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import dev.sluice.udp.spi.TransportProvider;
import java.util.Optional;
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
        assertTrue(provider.capabilities().contains(ProviderCapability.MULTICAST));
        assertFalse(provider.capabilities().contains(ProviderCapability.SEGMENTATION_OFFLOAD));
    }
}
