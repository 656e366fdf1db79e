// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Rule;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A provider as the service of a container that starts and stops it, such as an OSGi framework: what users get, what is
 * said of it, and how it ends.
 *
 * <p>Not thread-safe: the container starts, and then it stops.
 */
public final class ProviderService {
    private final TransportProvider provider;

    /**
     * For a provider that this owns from now on.
     *
     * @param provider one that has not been used
     * @param settings what is set of it; null: what the system properties say
     */
    public ProviderService(TransportProvider provider, ProviderSettings settings) {
        this.provider = Objects.requireNonNull(provider, "provider");
        if (settings != null) {
            provider.configure(settings);
        }
    }

    /**
     * The service's rank among others: the provider's priority, unless its settings have another one.
     *
     * @return the higher, the better
     */
    public int ranking() {
        return provider.settings().ranking().orElse(provider.priority());
    }

    /**
     * Makes the provider the one of its class: other instances, such as ServiceLoader's, pass on to it what they are asked.
     *
     * @return what to hand out: the provider without its {@code close} ({@link Rule#V6 V6})
     */
    public UdpSocketProvider start() {
        provider.becomeService();
        return UdpSockets.withoutClose(provider);
    }

    /**
     * What users can filter by: the name, the capabilities and the families, as they are on this machine now.
     *
     * @return {@link UdpSocketProvider#NAME_PROPERTY}, a string; {@link UdpSocketProvider#CAPABILITY_PROPERTY} and
     *     {@link UdpSocketProvider#FAMILY_PROPERTY}, arrays of strings
     */
    public Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(UdpSocketProvider.NAME_PROPERTY, provider.name());
        properties.put(UdpSocketProvider.CAPABILITY_PROPERTY, names(provider.capabilities().stream()));
        properties.put(
                UdpSocketProvider.FAMILY_PROPERTY,
                names(Stream.of(IpAddressFamily.values())
                        .filter(family -> family != IpAddressFamily.IPV6 || !Ipv6.isMissing())));
        return properties;
    }

    private static String[] names(Stream<? extends Enum<?>> constants) {
        return constants.map(Enum::name).sorted().toArray(String[]::new);
    }

    /** Closes all sockets of the provider, and of every other instance that its class loader made ({@link Rule#V3 V3}). */
    public void stop() {
        try {
            provider.close();
        } finally {
            TransportProvider.closeAllOf(provider.getClass().getClassLoader()); // those that ServiceLoader made
        }
    }
}
