// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sluice.itests.component.ProviderFollower;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UnavailableProvider;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** V2 in OSGi: epoll's bundle is there, but the fragment with Netty's native library isn't. */
@InFramework
class NativeLibraryAbsentIT extends OsgiTest {

    @Configuration
    static Option[] installed() {
        return new Option[] {
            Bundles.api(),
            Bundles.nio(),
            Bundles.epollWithoutNative(),
            Bundles.declarativeServices(),
            Bundles.consumer()
        };
    }

    @Test
    void V2_unavailableProviderIsNoProviderService() {
        assertEquals(Bundle.ACTIVE, bundle(EPOLL).getState());
        assertEquals(Set.of("nio"), providers().keySet());
    }

    @Test
    void V2_itsReasonCanBeRead() {
        List<ServiceReference<UnavailableProvider>> references = List.copyOf(references(UnavailableProvider.class));
        assertEquals(1, references.size());
        assertEquals("epoll", references.get(0).getProperty(UdpSocketProvider.NAME_PROPERTY));
        UnavailableProvider unavailable = context.getService(references.get(0));
        assertEquals("epoll", unavailable.name());
        assertContains(unavailable.reason(), "native", "netty-transport-native-epoll:linux-", "refreshed");
        assertFalse(unavailable.reason().contains("\n"), "one line to read");
    }

    /** Once for each start, and naming what to do. */
    @Test
    void V2_itIsLoggedOnceAsAWarning() throws Exception {
        List<LogRecord> records = new CopyOnWriteArrayList<>();
        Handler recorder = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                records.add(entry);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.sluice.udp");
        bundle(EPOLL).stop();
        logger.setLevel(Level.ALL); // whatever Pax Exam makes of the root's
        logger.addHandler(recorder);
        try {
            bundle(EPOLL).start();
        } finally {
            logger.removeHandler(recorder);
        }
        assertEquals(1, records.size());
        assertEquals(Level.WARNING, records.get(0).getLevel());
        UnavailableProvider unavailable = service(UnavailableProvider.class);
        assertContains(records.get(0).getMessage(), "\"epoll\"", unavailable.reason());
    }

    @Test
    void V2_consumersGetTheOther() throws Exception {
        UdpSocketProvider bound = service(ProviderFollower.class).awaitProvider("nio", PATIENCE);
        assertEquals("nio", bound.name());
        Exchange.between(bound, bound);
    }

    /** Once more, since stopping a provider that started nothing takes another path. */
    @Test
    void V3_unavailableProviderCanBeStoppedAndStarted() throws Exception {
        bundle(EPOLL).stop();
        assertEquals(0, references(UnavailableProvider.class).size());
        bundle(EPOLL).start();
        assertEquals(1, references(UnavailableProvider.class).size());
    }
}
