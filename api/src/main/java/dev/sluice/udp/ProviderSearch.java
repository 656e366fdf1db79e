// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Goes through what a ServiceLoader finds. What can't be used is passed over, with its reason (V2). */
final class ProviderSearch {
    /** Enough for any real installation; keeps a broken services file from being read for ever. */
    private static final int MOST_FAILURES = 100;

    private static final Comparator<UdpSocketProvider> PREFERENCE =
            Comparator.comparingInt(UdpSocketProvider::priority).reversed().thenComparing(UdpSocketProvider::name);

    /** ServiceLoader says "service: Provider class not found", "service: class not a subtype" and the like. */
    private static final Pattern CLASS_IN_MESSAGE =
            Pattern.compile(Pattern.quote(UdpSocketProvider.class.getName()) + ": (?:Provider )?([\\w.$]+) ");

    private final ClassLoader context;
    private final List<SharedProvider> available = new ArrayList<>();
    private final List<UnavailableProvider> unavailable = new ArrayList<>();
    private boolean mayChange;

    /** A search whose instances are those of a context class loader. */
    ProviderSearch(ClassLoader context) {
        this.context = context;
    }

    boolean isEmpty() {
        return available.isEmpty() && unavailable.isEmpty();
    }

    /** Those that can be used, by preference. */
    List<SharedProvider> available() {
        available.sort(PREFERENCE);
        return available;
    }

    List<UnavailableProvider> unavailable() {
        return unavailable;
    }

    /** Whether another search may find more. */
    boolean mayChange() {
        return mayChange;
    }

    void addAll(ServiceLoader<UdpSocketProvider> loader) {
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
        SharedProvider known = Contexts.instance(candidate.type(), context);
        try {
            if (known != null
                    && known.unavailability().isEmpty()) { // in OSGi, a bundle may be stopped and started again
                available.add(known);
            } else {
                addNew(new SharedProvider(candidate.get()));
            }
        } catch (ServiceConfigurationError | LinkageError | RuntimeException broken) {
            unavailable.add(new UnavailableProvider(candidate.type().getName(), reason(broken)));
        }
    }

    private void addNew(SharedProvider provider) {
        Optional<String> reason = provider.unavailability();
        Objects.requireNonNull(provider.name(), "its name is null");
        provider.priority(); // here, where its failure is that provider's own, and not in the middle of sorting
        if (reason.isEmpty()) {
            Contexts.keep(provider, context);
            available.add(provider);
        } else {
            unavailable.add(new UnavailableProvider(provider.name(), reason.get()));
            mayChange |= provider.mayBecomeAvailable();
            SharedProvider.closeAll(List.of(provider));
        }
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
}
