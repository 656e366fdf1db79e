// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.abi;

/** Names of interfaces, as guests import and export them. */
public final class InterfaceName {
    private static final String EXPORT = "[export]";

    private InterfaceName() {}

    /**
     * {@code wasi:sockets/udp@0.2.4} is the interface {@code wasi:sockets/udp}. Null if it isn't one of WASI 0.2.
     */
    public static String ofWasi02(String module) {
        if (!module.startsWith("wasi:")) {
            return null;
        }
        int at = module.indexOf('@');
        if (at < 0) {
            return module;
        }
        String version = module.substring(at + 1);
        return version.equals("0.2") || version.startsWith("0.2.") ? module.substring(0, at) : null;
    }

    /**
     * {@code wasi:sockets/types@0.3.0} is the interface {@code wasi:sockets/types}. Null if it isn't one of WASI 0.3. Of the
     * candidates before 0.3.0 only the last has the same types.
     */
    public static String ofWasi03(String module) {
        int at = module.indexOf('@');
        if (at < 0 || !module.startsWith("wasi:")) {
            return null;
        }
        String version = module.substring(at + 1);
        boolean released = version.startsWith("0.3.") && version.indexOf('-') < 0;
        return released || version.equals("0.3.0-rc-2026-03-15") ? module.substring(0, at) : null;
    }

    /**
     * Whether a core module's import is one of WIT: from an interface {@code namespace:package/interface@version}, or from
     * the world, {@code $root}; or a built-in function for what the guest exports. Of WASI 0.2 and 0.3 are known.
     */
    public static boolean isWit(String module) {
        String name = module.startsWith(EXPORT) ? module.substring(EXPORT.length()) : module;
        return name.startsWith("wasi:")
                ? ofWasi02(name) != null || ofWasi03(name) != null
                : name.equals("$root") || name.indexOf(':') > 0;
    }
}
