// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sluice.itests.launch.Descriptors;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.UdpSocketProvider;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.util.tracker.ServiceTracker;

/** V3: providers are stopped, updated and refreshed all the time while sockets send, receive and are created. */
@InFramework
class DynamicsIT extends OsgiTest {
    /** Each ends every provider four times, by two refreshes, an update and a stop. */
    private static final int ROUNDS = 40;

    @Configuration
    static Option[] installed() {
        return new Option[] {Bundles.api(), Bundles.nio(), Bundles.epoll()};
    }

    @Test
    void V3_everyDatagramIsAccountedForWhileProvidersComeAndGo() throws Exception {
        for (UdpSocketProvider provider : providers().values()) {
            Exchange.between(provider, provider); // what the JDK keeps for itself, it has now
        }
        stopProviders();
        List<String> descriptors = Descriptors.open();
        startProviders();

        List<Traffic> traffic = new ArrayList<>();
        List<ServiceTracker<?, ?>> trackers = new ArrayList<>();
        for (String name : List.of("nio", "epoll")) {
            ServiceTracker<UdpSocketProvider, UdpSocketProvider> tracker = new ServiceTracker<>(
                    context,
                    context.createFilter("(&(objectClass=" + UdpSocketProvider.class.getName() + ")("
                            + UdpSocketProvider.NAME_PROPERTY + "=" + name + "))"),
                    null);
            tracker.open();
            trackers.add(tracker);
            for (IpAddressFamily family : IpAddressFamily.values()) {
                traffic.add(new Traffic(tracker, family));
            }
        }
        traffic.forEach(Traffic::start);
        for (int i = 0; i < ROUNDS; i++) {
            comeAndGo();
        }
        stopProviders();
        for (Traffic each : traffic) {
            each.end();
        }
        trackers.forEach(ServiceTracker::close);
        assertEquals(descriptors, Descriptors.open());
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            assertFalse(thread.getName().startsWith("sluice"), () -> thread + " lives on");
        }
        startProviders();
        assertEquals("[epoll, nio]", providers().keySet().toString());
    }

    private void comeAndGo() throws Exception {
        refresh(bundle("dev.sluice.udp.spi"));
        bundle(NIO).update();
        bundle(EPOLL).update();
        refresh(bundle(NIO), bundle(EPOLL));
        stopProviders();
        startProviders();
    }

    private void stopProviders() throws Exception {
        bundle(NIO).stop();
        bundle(EPOLL).stop();
    }

    private void startProviders() throws Exception {
        bundle(NIO).start();
        bundle(EPOLL).start();
    }
}
