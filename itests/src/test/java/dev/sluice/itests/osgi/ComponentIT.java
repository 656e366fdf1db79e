// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.itests.component.ProviderFollower;
import dev.sluice.itests.component.TrackedSender;
import dev.sluice.itests.quickstart.osgi.LineSender;
import dev.sluice.udp.UdpSocketProvider;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** V1 to V3 for Declarative Services: components that get their provider by a reference. */
@InFramework
class ComponentIT extends OsgiTest {

    @Configuration
    static Option[] installed() {
        return new Option[] {
            Bundles.declarativeServices(), Bundles.consumer(), Bundles.api(), Bundles.nio(), Bundles.epoll()
        };
    }

    @Test
    void V2_referenceTakesTheHighestRanking() throws Exception {
        UdpSocketProvider bound = service(ProviderFollower.class).awaitProvider("epoll", PATIENCE);
        assertEquals("epoll", bound.name());
        Exchange.between(bound, bound);
    }

    @Test
    void V3_quickStartIsMadeAnewWithTheBestThereIs() throws Exception {
        assertEquals("epoll", service(LineSender.class).providerName());
        Delivery.of(service(LineSender.class)::send);
        bundle(EPOLL).stop();
        try {
            assertEquals("nio", service(LineSender.class).providerName());
            Delivery.of(service(LineSender.class)::send);
        } finally {
            bundle(EPOLL).start();
        }
        assertEquals("epoll", service(LineSender.class).providerName(), "registering is synchronous");
        Delivery.of(service(LineSender.class)::send);
    }

    @Test
    void V3_theOtherIsTakenAndTakenBack() throws Exception {
        ProviderFollower follower = service(ProviderFollower.class);
        assertEquals("epoll", follower.awaitProvider("epoll", PATIENCE).name());
        bundle(EPOLL).stop();
        try {
            assertEquals("nio", follower.provider().name(), "unregistering is synchronous, and so is rebinding");
            Exchange.between(follower.provider(), follower.provider());
        } finally {
            bundle(EPOLL).start();
        }
        UdpSocketProvider back = follower.awaitProvider("epoll", PATIENCE);
        assertEquals("epoll", back.name());
        Exchange.between(back, provider("nio"));
    }

    @Test
    void V3_aTrackerFollowsToo() throws Exception {
        TrackedSender sender = new TrackedSender(context);
        sender.open();
        try {
            Delivery.of(sender::send);
            bundle(EPOLL).stop();
            assertEquals(1, sender.size());
            Delivery.of(sender::send);
            bundle(EPOLL).start();
            assertEquals(2, sender.size());
            Delivery.of(sender::send);
        } finally {
            bundle(EPOLL).start();
            sender.close();
        }
    }
}
