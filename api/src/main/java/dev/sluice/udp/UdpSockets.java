// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.util.List;
import java.util.Objects;

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
 *   <li>of the available ones, the one with the highest priority, and of equals the first by name. The system property
 *       {@code sluice.NAME.ranking} takes the place of a provider's priority.
 * </ol>
 *
 * <p><b>Life ({@link Rule#V6 V6}).</b> Outside of OSGi the providers are looked for once for each context class loader, and shared by all that
 * call with it: in a container each web application has providers of its own, even where the jars are shared. A context class
 * loader that finds none has the providers of this class's own loader, as has a thread without one. What is handed out has no
 * {@code close}: providers are shut down together, by {@link #shutdown}, and made anew by the next call here. A class loader
 * that is dropped without that can be collected all the same, once its sockets are closed or dropped.
 *
 * <p>In OSGi the bundles own their providers: they end when their bundle stops.
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
        return named == null || named.isBlank() ? Contexts.discovery().best() : provider(named.strip());
    }

    /**
     * The provider of a name.
     *
     * @param name as {@link UdpSocketProvider#name()} gives it
     * @return that provider, which is available
     * @throws ProviderNotFoundException if it is missing or unavailable; the message says why
     */
    public static UdpSocketProvider provider(String name) {
        return Contexts.discovery().named(name);
    }

    /**
     * All providers that are available, the preferred one first.
     *
     * @return an immutable list, possibly empty
     */
    public static List<UdpSocketProvider> providers() {
        return Contexts.discovery().available();
    }

    /**
     * All providers that were found and passed over, and why.
     *
     * @return an immutable list, possibly empty
     */
    public static List<UnavailableProvider> unavailable() {
        return Contexts.discovery().unavailable();
    }

    /**
     * Shuts down the providers that this class has handed out to threads with the calling thread's context class loader:
     * closes all their sockets, and ends their threads. Their users get {@link ErrorCode#INVALID_STATE}, those that wait are
     * woken, and the providers of other context class loaders live on. The next call of another method makes providers anew.
     *
     * <p>An application that ends before its JVM does calls this as the last thing: a web application in
     * {@code ServletContextListener.contextDestroyed}, which containers call with its context class loader, or in whatever a
     * framework calls at its end. A program that ends with its JVM needn't.
     *
     * <p>It waits for calls that are running and for callbacks, some seconds at most. In OSGi it does nothing.
     *
     * @throws IllegalStateException if a provider could not be closed, with what it threw as suppressed; the others have been
     *     closed
     */
    public static void shutdown() {
        Contexts.shutdown();
    }

    /**
     * A view of a provider that has no {@code close}, for an application that makes a provider by its constructor, owns it,
     * and hands it out to several users: a container of beans, say, which closes what can be closed.
     *
     * @param provider any provider
     * @return a view of it, which lives as long as the provider does
     */
    public static UdpSocketProvider withoutClose(UdpSocketProvider provider) {
        return provider instanceof SharedProvider
                ? provider
                : new SharedProvider(Objects.requireNonNull(provider, "provider"));
    }
}
