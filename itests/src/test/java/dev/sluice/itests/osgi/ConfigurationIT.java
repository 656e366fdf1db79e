// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UnavailableProvider;
import java.net.InetSocketAddress;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceListener;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** What Configuration Admin sets of a provider (V2, V3). */
@InFramework
class ConfigurationIT extends OsgiTest {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    @org.ops4j.pax.exam.Configuration
    static Option[] installed() {
        return new Option[] {Bundles.configurationAdmin(), Bundles.api(), Bundles.nio(), Bundles.epoll()};
    }

    private Configuration configuration(String name) throws Exception {
        return service(ConfigurationAdmin.class).getConfiguration("dev.sluice.udp." + name, null);
    }

    /** At the end of each test, which runs inside the framework. */
    private void deleteAll() throws Exception {
        for (String name : new String[] {"nio", "epoll"}) {
            UdpSocketProvider before = providers().get(name);
            Configuration configuration = configuration(name);
            boolean isSet = configuration.getProperties() != null;
            configuration.delete();
            if (isSet) {
                await(() -> providers().get(name) != null && providers().get(name) != before);
            }
        }
    }

    /** Configuration Admin tells of changes on a thread of its own; each of them is one of a service. */
    private void await(Callable<Boolean> condition) throws Exception {
        Semaphore changed = new Semaphore(0);
        ServiceListener listener = event -> changed.release();
        context.addServiceListener(listener);
        try {
            while (!condition.call()) {
                assertTrue(changed.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS), "it does not change");
            }
        } finally {
            context.removeServiceListener(listener);
        }
    }

    private void update(String name, Map<String, Object> settings) throws Exception {
        configuration(name).update(new Hashtable<>(settings));
    }

    @Test
    void V2_aProviderCanBeDisabled() throws Exception {
        try {
            update("epoll", Map.of("enabled", false));
            await(() -> !providers().containsKey("epoll"));
            await(() -> !references(UnavailableProvider.class).isEmpty());
            UnavailableProvider unavailable = context.getService(
                    references(UnavailableProvider.class).iterator().next());
            assertEquals("epoll", unavailable.name());
            assertEquals("it is disabled by its setting 'enabled'", unavailable.reason());
        } finally {
            deleteAll();
        }
    }

    @Test
    void V2_aRankingTakesThePlaceOfThePriority() throws Exception {
        try {
            assertEquals("epoll", best());
            update("nio", Map.of("ranking", 1000));
            await(() -> best().equals("nio"));
            assertEquals(
                    1000, context.getServiceReference(UdpSocketProvider.class).getProperty(Constants.SERVICE_RANKING));
        } finally {
            deleteAll();
        }
    }

    private String best() {
        return (String)
                context.getServiceReference(UdpSocketProvider.class).getProperty(UdpSocketProvider.NAME_PROPERTY);
    }

    @Test
    void V3_theFormerProviderEndsAndTheNextHasTheSettings() throws Exception {
        try {
            for (String name : new String[] {"nio", "epoll"}) {
                UdpSocketProvider former = provider(name);
                UdpSocket socket = Exchange.bound(former, IpAddressFamily.IPV4);
                update(name, Map.of("receiveBuffer", 8192, "network", new String[] {"bind 127.0.0.1:*"}));
                await(() -> providers().get(name) != null && providers().get(name) != former);
                assertInvalidState(socket::localAddress);
                try (UdpSocket next = provider(name).open(LOOPBACK)) {
                    assertEquals(8192, next.receiveBufferSize());
                    SocketErrorException refused =
                            assertThrows(SocketErrorException.class, () -> next.stream(next.localAddress()));
                    assertEquals(ErrorCode.ACCESS_DENIED, refused.errorCode());
                }
            }
        } finally {
            deleteAll();
        }
    }

    @Test
    void aWrongOneChangesNothing() throws Exception {
        try {
            UdpSocketProvider before = provider("nio");
            update("nio", Map.of("ranking", "high"));
            update("epoll", Map.of("ranking", 7)); // told after it
            await(() -> best().equals("epoll")
                    && Integer.valueOf(7)
                            .equals(context.getServiceReference(UdpSocketProvider.class)
                                    .getProperty(Constants.SERVICE_RANKING)));
            assertEquals(before, provider("nio"));
            update("nio", Map.of("ranking", 3));
            await(() -> providers().get("nio") != null && providers().get("nio") != before);
        } finally {
            deleteAll();
        }
    }
}
