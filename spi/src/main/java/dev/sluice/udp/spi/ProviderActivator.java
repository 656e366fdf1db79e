package dev.sluice.udp.spi;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.SocketStatistics;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UnavailableProvider;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/**
 * Registers a provider as an OSGi service while its bundle is active (V1 to V3): as a {@link UdpSocketProvider} with
 * {@code service.ranking} and {@value UdpSocketProvider#NAME_PROPERTY} if it is available, else its reason as an
 * {@link UnavailableProvider}. When the bundle stops, all its sockets are closed.
 *
 * <p>A provider bundle names a subclass, whose constructor has no arguments, as its {@code Bundle-Activator}.
 */
public abstract class ProviderActivator implements BundleActivator {
    /**
     * What sockets whose provider was stopped still need, to answer invalid-state. It has to be loaded before: when a
     * bundle is refreshed, the class loader of its former content finds nothing any more (V3).
     */
    private static final List<Class<?>> NEEDED_BY_ENDED_SOCKETS = List.of(
            Addresses.class,
            AlwaysReady.class,
            ErrorCode.class,
            Operation.class,
            Pollable.Registration.class,
            SocketErrorException.class,
            SocketErrors.class,
            SocketStatistics.class,
            TransportOption.class);

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
        provider = create();
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(UdpSocketProvider.NAME_PROPERTY, provider.name());
        Optional<String> reason = provider.unavailability();
        if (reason.isEmpty()) {
            properties.put(Constants.SERVICE_RANKING, provider.priority());
            registration = context.registerService(UdpSocketProvider.class, provider, properties);
        } else {
            UnavailableProvider unavailable = new UnavailableProvider(provider.name(), reason.get());
            registration = context.registerService(UnavailableProvider.class, unavailable, properties);
        }
    }

    @Override
    public final void stop(BundleContext context) {
        registration.unregister();
        provider.close();
        TransportProvider.closeAllOf(getClass().getClassLoader()); // those that ServiceLoader made
    }
}
