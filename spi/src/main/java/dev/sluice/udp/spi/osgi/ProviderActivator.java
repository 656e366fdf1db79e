// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.osgi;

import dev.sluice.udp.Rule;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UnavailableProvider;
import dev.sluice.udp.spi.ProviderService;
import dev.sluice.udp.spi.ProviderSettings;
import dev.sluice.udp.spi.TransportProvider;
import dev.sluice.udp.spi.jfr.Events;
import java.lang.System.Logger.Level;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/**
 * Registers a provider as an OSGi service while its bundle is active ({@link Rule#V1 V1} to {@link Rule#V3 V3}): as a
 * {@link UdpSocketProvider} with {@code service.ranking} and the {@linkplain ProviderService#properties() properties} to
 * filter by if it is available; else its reason as an {@link UnavailableProvider}, and, once for each start, as a warning of
 * the {@link System.Logger} {@code dev.sluice.udp}. The bundle owns the provider: the service has no {@code close}
 * ({@link Rule#V6 V6}), and when the bundle stops, all sockets of the provider are closed.
 *
 * <p>Where Configuration Admin is there, a configuration with the PID {@code dev.sluice.udp.NAME} takes the place of the system
 * properties ({@link ProviderSettings}): the provider ends, and begins anew with it. A configuration that is wrong is refused,
 * with a message that Configuration Admin logs, and changes nothing.
 *
 * <p>A provider bundle names a subclass, whose constructor has no arguments, as its {@code Bundle-Activator}.
 */
public abstract class ProviderActivator implements BundleActivator {
    private BundleContext context;
    private ServiceRegistration<?> configurable;

    // Guarded by this.
    private ProviderService service;
    private ServiceRegistration<?> registration;

    /** For subclasses. */
    protected ProviderActivator() {}

    /**
     * Makes the provider to register.
     *
     * @return a new one
     */
    protected abstract TransportProvider create();

    @Override
    public final void start(BundleContext started) {
        context = started;
        BundleClasses.load(getClass().getClassLoader(), getClass(), TransportProvider.class, UdpSocketProvider.class);
        BundleClasses.load(
                TransportProvider.class.getClassLoader(),
                TransportProvider.class,
                Events.class,
                UdpSocketProvider.class);
        String name = startProvider(null);
        configurable = canBeConfigured() ? Configurations.register(context, name, this::reconfigure) : null;
    }

    /** The API of Configuration Admin is imported optionally. */
    private static boolean canBeConfigured() {
        try {
            Class.forName("org.osgi.service.cm.ManagedService", false, ProviderActivator.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException missing) {
            return false;
        }
    }

    /** Starts a provider with these settings; null: with those of the system properties. */
    private synchronized String startProvider(ProviderSettings settings) {
        TransportProvider provider = create();
        service = new ProviderService(provider, settings);
        Optional<String> reason = provider.unavailability();
        registration = reason.isEmpty()
                ? register()
                : registerUnavailable(new UnavailableProvider(provider.name(), reason.get()));
        return provider.name();
    }

    /** The provider ends as when its bundle stops, and another one takes its place. */
    private synchronized void reconfigure(ProviderSettings settings) {
        if (service != null) {
            stopProvider();
            startProvider(settings);
        }
    }

    private ServiceRegistration<?> register() {
        Dictionary<String, Object> properties = new Hashtable<>(service.properties());
        properties.put(Constants.SERVICE_RANKING, service.ranking());
        return context.registerService(UdpSocketProvider.class, service.start(), properties);
    }

    private ServiceRegistration<?> registerUnavailable(UnavailableProvider unavailable) {
        System.getLogger("dev.sluice.udp")
                .log(
                        Level.WARNING,
                        "The provider \"" + unavailable.name() + "\" is unavailable: " + unavailable.reason());
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(UdpSocketProvider.NAME_PROPERTY, unavailable.name());
        return context.registerService(UnavailableProvider.class, unavailable, properties);
    }

    @Override
    public final void stop(BundleContext stopped) {
        try {
            if (configurable != null) {
                configurable.unregister();
            }
        } finally {
            stopProvider();
        }
    }

    private synchronized void stopProvider() {
        ProviderService ending = service;
        service = null;
        try {
            registration.unregister();
        } finally {
            ending.stop();
        }
    }
}
