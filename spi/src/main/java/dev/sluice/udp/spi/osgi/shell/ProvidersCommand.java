// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.osgi.shell;

import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UnavailableProvider;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Which providers of UDP sockets there are. Its public methods are commands of a shell. */
public final class ProvidersCommand {
    private static final String ROW = "%-8s %-8s %-8s %s%n";

    private final BundleContext context;

    ProvidersCommand(BundleContext context) {
        this.context = context;
    }

    /**
     * The command {@code providers}: those that are services, the preferred one first, and those that can't be used.
     *
     * @return a table
     */
    public String providers() {
        StringBuilder table = new StringBuilder(line("NAME", "RANKING", "BUNDLE", "CAN DO, OR WHY NOT"));
        references(UdpSocketProvider.class).stream()
                .sorted(Comparator.reverseOrder())
                .forEach(reference -> table.append(available(reference)));
        references(UnavailableProvider.class).forEach(reference -> table.append(unavailable(reference)));
        return table.toString();
    }

    private static String line(Object name, Object ranking, Object bundle, String what) {
        return String.format(Locale.ROOT, ROW, name, ranking, bundle, what);
    }

    private static String available(ServiceReference<?> reference) {
        Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
        Object capabilities = reference.getProperty(UdpSocketProvider.CAPABILITY_PROPERTY);
        String can = capabilities instanceof String[] names
                ? String.join(", ", names).toLowerCase(Locale.ROOT).replace('_', '-')
                : "";
        return line(
                reference.getProperty(UdpSocketProvider.NAME_PROPERTY),
                ranking == null ? 0 : ranking,
                reference.getBundle().getBundleId(),
                can);
    }

    private String unavailable(ServiceReference<UnavailableProvider> reference) {
        UnavailableProvider unavailable = context.getService(reference);
        if (unavailable == null) {
            return ""; // it has just gone
        }
        try {
            return line(unavailable.name(), "-", reference.getBundle().getBundleId(), unavailable.reason());
        } finally {
            context.ungetService(reference);
        }
    }

    private <T> List<ServiceReference<T>> references(Class<T> type) {
        try {
            return List.copyOf(context.getServiceReferences(type, null));
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e); // there is no filter
        }
    }
}
