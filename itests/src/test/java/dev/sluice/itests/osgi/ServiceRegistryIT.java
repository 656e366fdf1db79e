// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.ProviderNotFoundException;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import dev.sluice.udp.UnavailableProvider;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleRevision;

/** V1 and V2 in OSGi with Sluice and Netty alone, without an extender. */
@InFramework
class ServiceRegistryIT extends OsgiTest {

    @Configuration
    static Option[] installed() {
        return new Option[] {Bundles.api(), Bundles.nio(), Bundles.epoll()};
    }

    @Test
    void frameworkIsTheIntendedOne() {
        assertEquals(
                System.getProperty("sluice.itests.framework"),
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getSymbolicName());
    }

    @Test
    void V1_everyProviderIsOneService() {
        assertEquals(Set.of("epoll", "nio"), providers().keySet());
        for (ServiceReference<UdpSocketProvider> reference : references(UdpSocketProvider.class)) {
            UdpSocketProvider provider = context.getService(reference);
            assertEquals(provider.name(), reference.getProperty(UdpSocketProvider.NAME_PROPERTY));
            assertEquals(Bundle.ACTIVE, reference.getBundle().getState());
        }
    }

    @Test
    void V2_rankingIsThePriority() {
        List<ServiceReference<UdpSocketProvider>> byRanking = references(UdpSocketProvider.class).stream()
                .sorted(Comparator.reverseOrder())
                .toList();
        for (ServiceReference<UdpSocketProvider> reference : byRanking) {
            Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
            assertEquals(context.getService(reference).priority(), ranking == null ? 0 : ranking);
        }
        assertEquals("epoll", byRanking.get(0).getProperty(UdpSocketProvider.NAME_PROPERTY));
        assertEquals(byRanking.get(0), context.getServiceReference(UdpSocketProvider.class));
    }

    /** To filter by; and what the bundle tells resolvers promises no less. */
    @Test
    void V1_propertiesAreWhatTheProviderCan() {
        for (ServiceReference<UdpSocketProvider> reference : references(UdpSocketProvider.class)) {
            Set<String> capabilities = context.getService(reference).capabilities().stream()
                    .map(Enum::name)
                    .collect(Collectors.toSet());
            assertEquals(capabilities, strings(reference.getProperty(UdpSocketProvider.CAPABILITY_PROPERTY)));
            assertTrue(strings(reference.getProperty(UdpSocketProvider.FAMILY_PROPERTY))
                    .contains("IPV4"));
            Map<String, Object> declared = reference
                    .getBundle()
                    .adapt(BundleRevision.class)
                    .getDeclaredCapabilities("osgi.service")
                    .get(0)
                    .getAttributes();
            assertEquals(reference.getProperty(UdpSocketProvider.NAME_PROPERTY), declared.get("sluice.provider"));
            for (String property : List.of(UdpSocketProvider.CAPABILITY_PROPERTY, UdpSocketProvider.FAMILY_PROPERTY)) {
                Set<String> promised = strings(declared.get(property));
                assertTrue(promised.containsAll(strings(reference.getProperty(property))), () -> property + promised);
            }
        }
    }

    @Test
    void V1_consumersCanFilter() throws InvalidSyntaxException {
        List<String> segmenting =
                context
                        .getServiceReferences(UdpSocketProvider.class, "(sluice.capability=SEGMENTATION_OFFLOAD)")
                        .stream()
                        .map(reference -> (String) reference.getProperty(UdpSocketProvider.NAME_PROPERTY))
                        .toList();
        boolean segments = provider("epoll").capabilities().contains(ProviderCapability.SEGMENTATION_OFFLOAD);
        assertEquals(segments ? List.of("epoll") : List.of(), segmenting);
    }

    private static Set<String> strings(Object property) {
        if (property == null) {
            return Set.of();
        }
        return property instanceof String[] array
                ? Set.of(array)
                : ((Collection<?>) property).stream().map(String.class::cast).collect(Collectors.toSet());
    }

    @Test
    void V2_nobodyIsUnavailable() {
        assertTrue(references(UnavailableProvider.class).isEmpty());
    }

    @Test
    void V1_everyProviderSendsAndReceives() throws Exception {
        Exchange.between(provider("nio"), provider("nio"));
        Exchange.between(provider("nio"), provider("epoll"));
        Exchange.between(provider("epoll"), provider("nio"));
        Exchange.between(provider("epoll"), provider("epoll"));
    }

    @Test
    void V1_staticDiscoverySaysToAskTheServiceRegistry() {
        String message = assertThrows(ProviderNotFoundException.class, UdpSockets::provider)
                .getMessage();
        assertContains(message, "service registry", UdpSocketProvider.class.getName(), "SPI Fly");
        String named = assertThrows(ProviderNotFoundException.class, () -> UdpSockets.provider("nio"))
                .getMessage();
        assertContains(named, "\"nio\"", "service registry");
        assertEquals(List.of(), UdpSockets.providers());
        assertEquals(List.of(), UdpSockets.unavailable());
    }
}
