// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.osgi;

import dev.sluice.udp.spi.ProviderSettings;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/** What Configuration Admin says of a provider. Used only where its API is there. */
final class Configurations implements ManagedService {
    private static final String PREFIX = "dev.sluice.udp.";

    private final Consumer<ProviderSettings> changed;

    /** What is in force: null for the system properties. */
    private Map<String, Object> current;

    private Configurations(Consumer<ProviderSettings> changed) {
        this.changed = changed;
    }

    /**
     * Asks to be told.
     *
     * @param name the provider's
     * @param changed gets other settings than those before; null: those of the system properties
     */
    static ServiceRegistration<?> register(BundleContext context, String name, Consumer<ProviderSettings> changed) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_PID, PREFIX + name);
        return context.registerService(ManagedService.class, new Configurations(changed), properties);
    }

    @Override
    public synchronized void updated(Dictionary<String, ?> configuration) throws ConfigurationException {
        Map<String, Object> wanted = configuration == null ? null : settings(configuration);
        if (wanted == null ? current == null : wanted.equals(current)) {
            return;
        }
        try {
            changed.accept(wanted == null ? null : ProviderSettings.of("", wanted));
            current = wanted;
        } catch (ProviderSettings.InvalidSettingException e) {
            throw new ConfigurationException(e.key(), e.getMessage());
        }
    }

    /** Without what belongs to Configuration Admin and to those that install configurations, whose keys have dots. */
    private static Map<String, Object> settings(Dictionary<String, ?> configuration) {
        Map<String, Object> settings = new HashMap<>();
        for (String key : Collections.list(configuration.keys())) {
            if (key.indexOf('.') < 0 && !key.startsWith(":")) {
                settings.put(key, configuration.get(key));
            }
        }
        return settings;
    }
}
