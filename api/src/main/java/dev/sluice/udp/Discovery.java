package dev.sluice.udp;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.WeakHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one look for providers found. */
final class Discovery {
    /** Enough for any real installation; keeps a broken services file from being read for ever. */
    private static final int MOST_FAILURES = 100;

    private static final Comparator<UdpSocketProvider> PREFERENCE =
            Comparator.comparingInt(UdpSocketProvider::priority).reversed().thenComparing(UdpSocketProvider::name);

    /** ServiceLoader says "service: Provider class not found", "service: class not a subtype" and the like. */
    private static final Pattern CLASS_IN_MESSAGE =
            Pattern.compile(Pattern.quote(UdpSocketProvider.class.getName()) + ": (?:Provider )?([\\w.$]+) ");

    /** One instance of each class, since an instance owns a thread and memory. Weak: a bundle's classes may go. */
    private static final Map<Class<?>, WeakReference<UdpSocketProvider>> INSTANCES = new WeakHashMap<>();

    /** The result of the first look that found a provider; unused in OSGi, where providers come and go. */
    private static Discovery found;

    private final List<UdpSocketProvider> available = new ArrayList<>();
    private final List<UnavailableProvider> unavailable = new ArrayList<>();

    private Discovery() {}

    static synchronized Discovery current() {
        if (found != null) {
            return found;
        }
        Discovery discovery = new Discovery();
        // The one-argument form is the one that OSGi's Service Loader Mediator (SPI Fly) redirects.
        discovery.search(ServiceLoader.load(UdpSocketProvider.class));
        if (discovery.isEmpty()) {
            discovery.search(ServiceLoader.load(UdpSocketProvider.class, UdpSockets.class.getClassLoader()));
        }
        discovery.available.sort(PREFERENCE);
        if (!discovery.isEmpty() && !insideOsgi()) {
            found = discovery;
        }
        return discovery;
    }

    List<UdpSocketProvider> available() {
        return List.copyOf(available);
    }

    List<UnavailableProvider> unavailable() {
        return List.copyOf(unavailable);
    }

    UdpSocketProvider best() {
        if (available.isEmpty()) {
            throw new ProviderNotFoundException("No provider of UDP sockets is available. " + whatToDo());
        }
        return available.get(0);
    }

    UdpSocketProvider named(String name) {
        for (UdpSocketProvider provider : available) {
            if (provider.name().equals(name)) {
                return provider;
            }
        }
        for (UnavailableProvider provider : unavailable) {
            if (provider.name().equals(name)) {
                throw new ProviderNotFoundException(
                        "The provider \"" + name + "\" is installed but unavailable: " + provider.reason());
            }
        }
        throw new ProviderNotFoundException("There is no provider \"" + name + "\". " + whatToDo());
    }

    private String whatToDo() {
        StringBuilder text = new StringBuilder();
        available.forEach(
                provider -> text.append(text.isEmpty() ? "Available: " : ", ").append(provider.name()));
        text.append(text.isEmpty() ? "" : ". ");
        unavailable.forEach(provider -> text.append(provider.name())
                .append(" is unavailable: ")
                .append(provider.reason())
                .append(". "));
        if (!isEmpty()) {
            return text.toString().strip();
        }
        return insideOsgi()
                ? "In OSGi, ask the service registry for a " + UdpSocketProvider.class.getName()
                        + " (a @Reference, say), or install Aries SPI Fly to have ServiceLoader work"
                : "Add sluice-provider-nio, or on Linux sluice-provider-epoll, to the class path or module path";
    }

    private boolean isEmpty() {
        return available.isEmpty() && unavailable.isEmpty();
    }

    private void search(ServiceLoader<UdpSocketProvider> loader) {
        Iterator<ServiceLoader.Provider<UdpSocketProvider>> candidates =
                loader.stream().iterator();
        for (int failures = 0; failures < MOST_FAILURES; ) {
            try {
                if (!candidates.hasNext()) {
                    return;
                }
                add(candidates.next());
            } catch (ServiceConfigurationError | LinkageError broken) {
                // A LinkageError comes through bare when the class itself can't be loaded, for want of its superclass
                // say. Either way the iterator goes on behind the broken entry.
                failures++;
                unavailable.add(new UnavailableProvider(nameIn(broken), reason(broken)));
            }
        }
    }

    private void add(ServiceLoader.Provider<UdpSocketProvider> candidate) {
        Class<?> type = candidate.type();
        try {
            UdpSocketProvider provider = instance(candidate);
            Optional<String> reason = provider.unavailability();
            Objects.requireNonNull(provider.name(), "its name is null");
            provider.priority(); // here, where its failure is that provider's own, and not in the middle of sorting
            if (reason.isEmpty()) {
                available.add(provider);
            } else {
                unavailable.add(new UnavailableProvider(provider.name(), reason.get()));
            }
        } catch (ServiceConfigurationError | LinkageError | RuntimeException broken) {
            unavailable.add(new UnavailableProvider(type.getName(), reason(broken)));
        }
    }

    private static UdpSocketProvider instance(ServiceLoader.Provider<UdpSocketProvider> candidate) {
        WeakReference<UdpSocketProvider> known = INSTANCES.get(candidate.type());
        UdpSocketProvider provider = known == null ? null : known.get();
        if (provider == null || provider.unavailability().isPresent()) { // a bundle may be stopped and started again
            provider = candidate.get();
            INSTANCES.put(candidate.type(), new WeakReference<>(provider));
        }
        return provider;
    }

    private static String nameIn(Throwable broken) {
        Matcher matcher = CLASS_IN_MESSAGE.matcher(String.valueOf(broken.getMessage()));
        return matcher.lookingAt() ? matcher.group(1) : "(unknown)";
    }

    private static String reason(Throwable broken) {
        Throwable root = broken;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root == broken ? String.valueOf(root.getMessage()) : root.toString();
    }

    /** By name, since the API depends on nothing: OSGi's class loaders are BundleReferences (OSGi Core 3.3). */
    private static boolean insideOsgi() {
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
