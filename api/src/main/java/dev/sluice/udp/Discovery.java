// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.util.List;

/** What one look for providers found: which is chosen (V2), and what is said when none can be. */
final class Discovery {
    private final List<UdpSocketProvider> available;
    private final List<UnavailableProvider> unavailable;

    /** The available ones by preference. */
    Discovery(List<? extends UdpSocketProvider> available, List<UnavailableProvider> unavailable) {
        this.available = List.copyOf(available);
        this.unavailable = List.copyOf(unavailable);
    }

    List<UdpSocketProvider> available() {
        return available;
    }

    List<UnavailableProvider> unavailable() {
        return unavailable;
    }

    private boolean isEmpty() {
        return available.isEmpty() && unavailable.isEmpty();
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
        return Contexts.insideOsgi()
                ? "In OSGi, ask the service registry for a " + UdpSocketProvider.class.getName()
                        + " (a @Reference, say), or install Aries SPI Fly to have ServiceLoader work"
                : "Add sluice-provider-nio, or on Linux sluice-provider-epoll, to the class path or module path";
    }
}
