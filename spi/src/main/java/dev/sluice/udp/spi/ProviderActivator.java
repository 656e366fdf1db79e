package dev.sluice.udp.spi;

import dev.sluice.udp.Rule;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import dev.sluice.udp.UnavailableProvider;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/**
 * Registers a provider as an OSGi service while its bundle is active ({@link Rule#V1 V1} to {@link Rule#V3 V3}): as a
 * {@link UdpSocketProvider} with {@code service.ranking} and {@value UdpSocketProvider#NAME_PROPERTY} if it is
 * available, else its reason as an {@link UnavailableProvider}. The bundle owns the provider: the service has no
 * {@code close} ({@link Rule#V6 V6}), and when the bundle stops, all sockets of the provider are closed.
 *
 * <p>A provider bundle names a subclass, whose constructor has no arguments, as its {@code Bundle-Activator}.
 */
public abstract class ProviderActivator implements BundleActivator {
    private TransportProvider provider;
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
    public final void start(BundleContext context) {
        BundleClasses.load(getClass().getClassLoader(), getClass(), TransportProvider.class, UdpSocketProvider.class);
        BundleClasses.load(TransportProvider.class.getClassLoader(), TransportProvider.class, UdpSocketProvider.class);
        provider = create();
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(UdpSocketProvider.NAME_PROPERTY, provider.name());
        Optional<String> reason = provider.unavailability();
        if (reason.isEmpty()) {
            properties.put(Constants.SERVICE_RANKING, provider.priority());
            provider.becomeService();
            registration =
                    context.registerService(UdpSocketProvider.class, UdpSockets.withoutClose(provider), properties);
        } else {
            UnavailableProvider unavailable = new UnavailableProvider(provider.name(), reason.get());
            registration = context.registerService(UnavailableProvider.class, unavailable, properties);
        }
    }

    @Override
    public final void stop(BundleContext context) {
        try {
            registration.unregister();
        } finally {
            try {
                provider.close();
            } finally {
                TransportProvider.closeAllOf(getClass().getClassLoader()); // those that ServiceLoader made
            }
        }
    }
}
