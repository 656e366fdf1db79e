package dev.sluice.udp;

import java.util.List;

/**
 * Finds providers through {@link java.util.ServiceLoader}, on the class path and on the module path
 * ({@link Rule#V1 V1}). In OSGi ask the service registry for a {@link UdpSocketProvider} instead; this class works
 * there too when Aries SPI Fly is installed.
 *
 * <p>{@link #provider()} chooses in this order ({@link Rule#V2 V2}):
 *
 * <ol>
 *   <li>the provider that the system property {@value UdpSocketProvider#NAME_PROPERTY} names; if it is missing or
 *       unavailable, that is an error;
 *   <li>of the available ones, the one with the highest priority, and of equals the first by name.
 * </ol>
 *
 * <p>Outside of OSGi the providers are looked for once, with the context class loader of that moment if it finds any
 * and with this class's own otherwise, and shared by the whole application.
 *
 * <p>All methods are safe to call from any thread.
 */
public final class UdpSockets {
    private UdpSockets() {}

    /**
     * The provider to use, chosen as described above.
     *
     * @return an available provider
     * @throws ProviderNotFoundException if there is none, or not the one that was named; the message says what was
     *     found, why it can't be used, and what to do
     */
    public static UdpSocketProvider provider() {
        String named = System.getProperty(UdpSocketProvider.NAME_PROPERTY);
        return named == null || named.isBlank() ? Discovery.current().best() : provider(named.strip());
    }

    /**
     * The provider of a name.
     *
     * @param name as {@link UdpSocketProvider#name()} gives it
     * @return that provider, which is available
     * @throws ProviderNotFoundException if it is missing or unavailable; the message says why
     */
    public static UdpSocketProvider provider(String name) {
        return Discovery.current().named(name);
    }

    /**
     * All providers that are available, the preferred one first.
     *
     * @return an immutable list, possibly empty
     */
    public static List<UdpSocketProvider> providers() {
        return Discovery.current().available();
    }

    /**
     * All providers that were found and passed over, and why.
     *
     * @return an immutable list, possibly empty
     */
    public static List<UnavailableProvider> unavailable() {
        return Discovery.current().unavailable();
    }
}
