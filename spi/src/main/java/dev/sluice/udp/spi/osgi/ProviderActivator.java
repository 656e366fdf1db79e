package dev.sluice.udp.spi.osgi;

import dev.sluice.udp.Rule;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UnavailableProvider;
import dev.sluice.udp.spi.ProviderService;
import dev.sluice.udp.spi.TransportProvider;
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
 * <p>A provider bundle names a subclass, whose constructor has no arguments, as its {@code Bundle-Activator}.
 */
public abstract class ProviderActivator implements BundleActivator {
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
    public final void start(BundleContext context) {
        BundleClasses.load(getClass().getClassLoader(), getClass(), TransportProvider.class, UdpSocketProvider.class);
        BundleClasses.load(TransportProvider.class.getClassLoader(), TransportProvider.class, UdpSocketProvider.class);
        TransportProvider provider = create();
        service = new ProviderService(provider);
        Optional<String> reason = provider.unavailability();
        registration = reason.isEmpty()
                ? register(context, provider)
                : registerUnavailable(context, new UnavailableProvider(provider.name(), reason.get()));
    }

    private ServiceRegistration<?> register(BundleContext context, TransportProvider provider) {
        Dictionary<String, Object> properties = new Hashtable<>(service.properties());
        properties.put(Constants.SERVICE_RANKING, provider.priority());
        return context.registerService(UdpSocketProvider.class, service.start(), properties);
    }

    private static ServiceRegistration<?> registerUnavailable(BundleContext context, UnavailableProvider unavailable) {
        System.getLogger("dev.sluice.udp")
                .log(
                        Level.WARNING,
                        "The provider \"" + unavailable.name() + "\" is unavailable: " + unavailable.reason());
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(UdpSocketProvider.NAME_PROPERTY, unavailable.name());
        return context.registerService(UnavailableProvider.class, unavailable, properties);
    }

    @Override
    public final void stop(BundleContext context) {
        try {
            registration.unregister();
        } finally {
            service.stop();
        }
    }
}
