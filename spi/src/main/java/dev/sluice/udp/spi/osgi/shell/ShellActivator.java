// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.osgi.shell;

import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers the command. A shell finds it by its properties, so nothing of a shell's is imported. */
public final class ShellActivator implements BundleActivator {

    /** For the OSGi framework. */
    public ShellActivator() {}

    @Override
    public void start(BundleContext context) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("osgi.command.scope", "sluice");
        properties.put("osgi.command.function", "providers");
        context.registerService(ProvidersCommand.class, new ProvidersCommand(context), properties);
    }

    @Override
    public void stop(BundleContext context) {
        // the framework unregisters it
    }
}
