// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.osgi;

import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Loads classes while they can be loaded. When a bundle is refreshed, the class loader of its former content finds nothing
 * any more, but applications still call the sockets that it made, to get invalid-state (V3).
 */
final class BundleClasses {
    private BundleClasses() {}

    /**
     * Loads, as seen by a loader, every class of the packages that some classes are in. What can't be loaded now, for want
     * of an optional library, is left out.
     */
    static void load(ClassLoader loader, Class<?>... members) {
        for (Class<?> member : members) {
            Bundle bundle = FrameworkUtil.getBundle(member);
            BundleWiring wiring = bundle == null ? null : bundle.adapt(BundleWiring.class);
            if (wiring != null) {
                String folder = member.getPackageName().replace('.', '/');
                wiring.listResources("/" + folder, "*.class", BundleWiring.LISTRESOURCES_LOCAL)
                        .forEach(file -> load(loader, file));
            }
        }
    }

    private static void load(ClassLoader loader, String file) {
        String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
        try {
            Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError missing) {
            // a part that needs what isn't there, which no socket uses then
        }
    }
}
