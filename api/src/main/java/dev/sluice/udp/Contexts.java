// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.WeakHashMap;

/**
 * What was found for each context class loader, and the instances of the providers, one for each context (V6). Nothing here
 * keeps a class loader from being collected: what was found is held weakly, and an instance is held by its own class.
 *
 * <p>In OSGi, where context class loaders mean nothing and providers come and go, there is one context, and nothing that was
 * found is remembered.
 */
final class Contexts {
    /** What was found, without holding the instances; and whether another search may find more. */
    private record Remembered(
            List<WeakReference<SharedProvider>> available, List<UnavailableProvider> unavailable, boolean mayChange) {}

    /** What each context has found. One that found nothing has what this class's own loader found. */
    private static final Map<ClassLoader, Remembered> FOUND = new WeakHashMap<>();

    /**
     * The instances of a class, by context. Held by the class, since an instance refers to its class, which refers to its
     * loader, and that may be the context: a map from here to the instance would keep all of them for ever.
     */
    private static final ClassValue<Map<ClassLoader, SharedProvider>> INSTANCES = new ClassValue<>() {
        @Override
        protected Map<ClassLoader, SharedProvider> computeValue(Class<?> type) {
            return new WeakHashMap<>();
        }
    };

    private Contexts() {}

    /** What the calling thread's context has. */
    static synchronized Discovery discovery() {
        ClassLoader context = current();
        Discovery known = recall(context);
        return known != null ? known : look(context);
    }

    private static Discovery recall(ClassLoader context) {
        Remembered remembered = FOUND.get(context);
        if (remembered == null || remembered.mayChange) {
            return null;
        }
        List<SharedProvider> available = new ArrayList<>();
        for (WeakReference<SharedProvider> reference : remembered.available) {
            SharedProvider provider = reference.get();
            if (provider == null) {
                return null;
            }
            available.add(provider);
        }
        return new Discovery(available, remembered.unavailable);
    }

    private static Discovery look(ClassLoader context) {
        ProviderSearch search = new ProviderSearch(context);
        search.addAll(
                insideOsgi() // the form that OSGi's Service Loader Mediator (SPI Fly) redirects
                        ? ServiceLoader.load(UdpSocketProvider.class)
                        : ServiceLoader.load(UdpSocketProvider.class, context));
        if (search.isEmpty() && (context != own() || insideOsgi())) {
            return lookInOwn(context);
        }
        return remember(search, context);
    }

    private static Discovery lookInOwn(ClassLoader context) {
        Discovery known = recall(own());
        if (known != null) {
            FOUND.put(context, FOUND.get(own()));
            return known;
        }
        ProviderSearch search = new ProviderSearch(own());
        search.addAll(ServiceLoader.load(UdpSocketProvider.class, own()));
        return remember(search, context, own());
    }

    private static Discovery remember(ProviderSearch search, ClassLoader... contexts) {
        List<SharedProvider> available = search.available();
        if (!search.isEmpty() && !insideOsgi()) {
            Remembered found = new Remembered(
                    available.stream().map(WeakReference::new).toList(), search.unavailable(), search.mayChange());
            for (ClassLoader context : contexts) {
                FOUND.put(context, found);
            }
        }
        return new Discovery(available, search.unavailable());
    }

    /** The instance of a class that a context has, or null. */
    static synchronized SharedProvider instance(Class<?> type, ClassLoader context) {
        return INSTANCES.get(type).get(context);
    }

    /** A context has a new instance. */
    static synchronized void keep(SharedProvider provider, ClassLoader context) {
        INSTANCES.get(provider.type()).put(context, provider);
    }

    /** Forgets what the calling thread's context has, and closes it. */
    static void shutdown() {
        SharedProvider.closeAll(forget());
    }

    private static synchronized List<SharedProvider> forget() {
        Remembered remembered = FOUND.get(current());
        if (remembered == null) {
            return List.of();
        }
        FOUND.values().removeIf(found -> found == remembered);
        List<SharedProvider> forgotten = new ArrayList<>();
        for (WeakReference<SharedProvider> reference : remembered.available) {
            SharedProvider provider = reference.get();
            if (provider != null) {
                INSTANCES.get(provider.type()).values().remove(provider);
                forgotten.add(provider);
            }
        }
        return forgotten;
    }

    private static ClassLoader current() {
        ClassLoader context = insideOsgi() ? null : Thread.currentThread().getContextClassLoader();
        return context != null ? context : own();
    }

    private static ClassLoader own() {
        ClassLoader loader = UdpSockets.class.getClassLoader();
        return loader != null ? loader : ClassLoader.getSystemClassLoader();
    }

    /** By name, since the API depends on nothing: OSGi's class loaders are BundleReferences (OSGi Core 3.3). */
    static boolean insideOsgi() {
        ClassLoader loader = UdpSockets.class.getClassLoader();
        for (Class<?> type = loader == null ? null : loader.getClass(); type != null; type = type.getSuperclass()) {
            for (Class<?> implemented : type.getInterfaces()) {
                if (implemented.getName().equals("org.osgi.framework.BundleReference")) {
                    return true;
                }
            }
        }
        return false;
    }
}
