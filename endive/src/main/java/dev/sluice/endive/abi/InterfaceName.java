// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.abi;

/** Names of interfaces, as guests import and export them. */
public final class InterfaceName {
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
     * Whether a core module's import is one of WIT: from an interface {@code namespace:package/interface@version}, or from
     * the world, {@code $root}. Of WASI only version 0.2 is known.
     */
    public static boolean isWit(String module) {
        return module.startsWith("wasi:")
                ? ofWasi02(module) != null
                : module.equals("$root") || module.indexOf(':') > 0;
    }
}
