package dev.sluice.udp.epoll;

import java.util.Set;

/** Run in a JVM of its own: prints why the provider is unavailable, or "available". */
final class ReasonMain {
    private ReasonMain() {}

    public static void main(String[] args) {
        EpollProvider provider = new EpollProvider();
        Set<?> capabilities = provider.capabilities(); // answers whatever is missing
        System.out.println(provider.unavailability().orElse("available, " + capabilities.size() + " capabilities"));
    }
}
