// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.UdpSocketProvider;

/** Run in a JVM of its own: prints why the provider is unavailable, or "available", and whether it segments. */
final class ReasonMain {
    private ReasonMain() {}

    public static void main(String[] args) {
        EpollProvider provider = new EpollProvider();
        String available = available(provider); // answers whatever is missing
        System.out.println(provider.unavailability().orElse(available));
    }

    static String available(UdpSocketProvider provider) {
        return provider.capabilities().contains(ProviderCapability.SEGMENTATION_OFFLOAD)
                ? "available, with segmentation"
                : "available";
    }
}
