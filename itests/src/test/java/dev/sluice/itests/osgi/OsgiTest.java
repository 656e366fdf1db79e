// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocketProvider;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.function.Executable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.util.tracker.ServiceTracker;

/** What the tests inside a framework have in common: its bundles and services. */
abstract class OsgiTest {
    /** A bound on waiting that no test depends on. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    static final String NIO = "dev.sluice.udp.nio";
    static final String EPOLL = "dev.sluice.udp.epoll";

    final BundleContext context =
            FrameworkUtil.getBundle(getClass()) == null // on the host, where JUnit makes an instance that isn't used
                    ? null
                    : FrameworkUtil.getBundle(getClass()).getBundleContext();

    final Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseGet(() -> fail(symbolicName + " is not installed"));
    }

    final <T> Collection<ServiceReference<T>> references(Class<T> type) {
        try {
            return context.getServiceReferences(type, null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A service, once it is there. */
    final <T> T service(Class<T> type) throws InterruptedException {
        ServiceTracker<T, T> tracker = new ServiceTracker<>(context, type, null);
        tracker.open();
        try {
            assertNotNull(
                    tracker.waitForService(PATIENCE.toMillis()),
                    () -> "there is no " + type.getName() + " among " + describe());
            return context.getService(
                    tracker.getServiceReference()); // never released: a component without users is deactivated
        } finally {
            tracker.close();
        }
    }

    /** The providers in the service registry: name to service; there must be one of each name. */
    final Map<String, UdpSocketProvider> providers() {
        Map<String, UdpSocketProvider> providers = new TreeMap<>();
        for (ServiceReference<UdpSocketProvider> reference : references(UdpSocketProvider.class)) {
            String name = (String) reference.getProperty(UdpSocketProvider.NAME_PROPERTY);
            UdpSocketProvider former = providers.put(name, context.getService(reference));
            assertEquals(null, former, () -> "two services of the provider " + name);
        }
        return providers;
    }

    final UdpSocketProvider provider(String name) {
        UdpSocketProvider provider = providers().get(name);
        assertNotNull(provider, () -> "no provider " + name + " among " + describe());
        return provider;
    }

    /** Gives bundles, and those that are wired to them, new class loaders; what was started is started again. */
    final void refresh(Bundle... bundles) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                .adapt(FrameworkWiring.class)
                .refreshBundles(List.of(bundles), event -> refreshed.countDown());
        assertTrue(refreshed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    final String describe() {
        List<String> bundles = Arrays.stream(context.getBundles())
                .map(bundle -> bundle.getSymbolicName() + " in state " + bundle.getState())
                .toList();
        return providers().keySet() + " of " + bundles;
    }

    static void assertInvalidState(Executable call) {
        SocketErrorException error = assertThrows(SocketErrorException.class, call);
        assertEquals(ErrorCode.INVALID_STATE, error.errorCode());
    }

    static void assertContains(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), () -> "<" + text + "> does not mention <" + part + ">");
        }
    }
}
