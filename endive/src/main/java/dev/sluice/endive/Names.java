package dev.sluice.endive;

import java.util.Locale;

/** Names as the guest's author knows them. */
final class Names {
    private Names() {}

    /** {@code UdpSocketResource} stands for {@code udp-socket}. */
    static String ofResource(Class<? extends Resource> type) {
        String name = type.getSimpleName().replaceFirst("Resource$", "");
        return name.isEmpty()
                ? "resource"
                : name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** {@code wasi:sockets/udp@0.2.4} names the interface {@code wasi:sockets/udp}; null if it isn't of WASI 0.2. */
    static String ofInterface(String module) {
        if (!module.startsWith("wasi:")) {
            return null;
        }
        int at = module.indexOf('@');
        if (at < 0) {
            return module;
        }
        String version = module.substring(at + 1);
        boolean preview2 = version.equals("0.2") || version.startsWith("0.2.");
        return preview2 ? module.substring(0, at) : null;
    }
}
