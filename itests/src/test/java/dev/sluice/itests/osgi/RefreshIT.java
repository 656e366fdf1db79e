// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.itests.component.ProviderFollower;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** V3: providers are exchanged for new versions of themselves while their consumers run. */
@InFramework
class RefreshIT extends OsgiTest {

    @Configuration
    static Option[] installed() {
        return new Option[] {
            Bundles.declarativeServices(), Bundles.consumer(), Bundles.api(), Bundles.nio(), Bundles.epoll()
        };
    }

    @Test
    void V3_updateGivesANewProvider() throws Exception {
        for (Map.Entry<String, UdpSocketProvider> entry : providers().entrySet()) {
            UdpSocket socket = Exchange.bound(entry.getValue(), IpAddressFamily.IPV4);
            bundle(entry.getKey().equals("nio") ? NIO : EPOLL).update();
            assertInvalidState(socket::localAddress);
            UdpSocketProvider updated = provider(entry.getKey());
            assertNotSame(entry.getValue(), updated);
            Exchange.between(updated, updated);
        }
    }

    /** Refreshing the SPI's bundle refreshes the providers, and neither the API nor the consumer. */
    @Test
    void V3_refreshGivesNewProvidersToALivingConsumer() throws Exception {
        ProviderFollower follower = service(ProviderFollower.class);
        assertEquals("epoll", follower.awaitProvider("epoll", PATIENCE).name());
        Class<?> api = bundle("dev.sluice.udp").loadClass(UdpSocketProvider.class.getName());
        Map<String, UdpSocket> sockets = new TreeMap<>();
        Map<String, DatagramStreams> streams = new TreeMap<>();
        for (Map.Entry<String, UdpSocketProvider> entry : providers().entrySet()) {
            UdpSocket socket = Exchange.bound(entry.getValue(), IpAddressFamily.IPV4);
            sockets.put(entry.getKey(), socket);
            streams.put(entry.getKey(), socket.stream(null));
        }

        refresh(bundle("dev.sluice.udp.spi"));

        assertSame(api, bundle("dev.sluice.udp").loadClass(UdpSocketProvider.class.getName()));
        assertSame(follower, service(ProviderFollower.class));
        assertEquals("epoll", follower.awaitProvider("epoll", PATIENCE).name());
        sockets.values().forEach(RefreshIT::assertEnded);
        streams.values().forEach(RefreshIT::assertEnded);
        assertEquals(Set.of("epoll", "nio"), providers().keySet());
        Exchange.between(follower.provider(), provider("nio"));
        Exchange.between(provider("nio"), follower.provider());
    }

    /** The classes of these objects belong to a bundle that is gone; what they need from it must be loaded already. */
    private static void assertEnded(UdpSocket socket) {
        assertInvalidState(socket::localAddress);
        assertInvalidState(socket::remoteAddress);
        assertInvalidState(() -> socket.stream(null));
        assertInvalidState(() -> socket.bind(new InetSocketAddress(Exchange.loopback(IpAddressFamily.IPV4), 0)));
        assertInvalidState(() -> socket.setUnicastHopLimit(1));
        assertInvalidState(socket::sendBufferSize);
        assertEquals(0, socket.statistics().datagramsSent());
        assertTrue(socket.subscribe().ready());
        socket.close();
    }

    private static void assertEnded(DatagramStreams streams) {
        assertTrue(streams.outgoing().subscribe().ready());
        assertTrue(streams.incoming().subscribe().ready());
        boolean[] called = {false, false};
        streams.outgoing().subscribe().onReady(() -> called[0] = true).cancel();
        streams.incoming().subscribe().onReady(() -> called[1] = true).cancel();
        assertFalse(!called[0] || !called[1]);
        assertInvalidState(() -> streams.outgoing().checkSend());
        assertInvalidState(() -> streams.outgoing().send(List.of(new OutgoingDatagram(ByteBuffer.allocate(1)))));
        assertInvalidState(() -> streams.incoming().receive(1));
    }
}
