// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.ProviderNotFoundException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** V1 in OSGi with Aries SPI Fly: static discovery works too, and no provider is registered twice. */
@InFramework
class SpiFlyIT extends OsgiTest {

    @Configuration
    static Option[] installed() {
        return new Option[] {Bundles.spiFly(), Bundles.api(), Bundles.nio(), Bundles.epoll()};
    }

    @Test
    void V1_staticDiscoveryWorks() throws Exception {
        assertEquals("epoll", UdpSockets.provider().name());
        assertEquals(
                List.of("epoll", "nio"),
                UdpSockets.providers().stream().map(UdpSocketProvider::name).toList());
        assertEquals(List.of(), UdpSockets.unavailable());
        Exchange.between(UdpSockets.provider(), UdpSockets.provider("nio"));
        Exchange.between(UdpSockets.provider("nio"), UdpSockets.provider());
    }

    @Test
    void V2_systemPropertyNamesOne() {
        System.setProperty(UdpSocketProvider.NAME_PROPERTY, "nio");
        try {
            assertEquals("nio", UdpSockets.provider().name());
        } finally {
            System.clearProperty(UdpSocketProvider.NAME_PROPERTY);
        }
    }

    @Test
    void V1_everyProviderIsOneService() {
        UdpSockets.provider(); // SPI Fly has seen them by now
        assertEquals(Set.of("epoll", "nio"), providers().keySet()); // fails if there are two of one name
    }

    /** What ServiceLoader makes beside the service passes on to that: there is one waiting thread, and memory once. */
    @Test
    void V6_staticDiscoveryAndTheServiceAreOneProvider() throws Exception {
        for (String name : List.of("epoll", "nio")) {
            try (UdpSocket found = Exchange.bound(UdpSockets.provider(name), IpAddressFamily.IPV4);
                    UdpSocket service = Exchange.bound(provider(name), IpAddressFamily.IPV4)) {
                found.stream(null).incoming().subscribe().onReady(() -> {});
                service.stream(null).incoming().subscribe().onReady(() -> {});
                assertEquals(
                        1,
                        Thread.getAllStackTraces().keySet().stream()
                                .filter(thread -> thread.getName().equals("sluice-" + name))
                                .count());
            }
        }
    }

    @Test
    void V3_stoppedProviderEndsSocketsOfStaticDiscovery() throws Exception {
        UdpSocket socket = Exchange.bound(UdpSockets.provider("epoll"), IpAddressFamily.IPV4);
        bundle(EPOLL).stop();
        try {
            assertInvalidState(socket::localAddress);
            assertEquals("nio", UdpSockets.provider().name());
            assertThrows(ProviderNotFoundException.class, () -> UdpSockets.provider("epoll"));
        } finally {
            bundle(EPOLL).start();
        }
        UdpSocketProvider again = UdpSockets.provider();
        assertEquals("epoll", again.name());
        Exchange.between(again, again);
    }
}
