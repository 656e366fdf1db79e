// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.util.Arrays;
import java.util.List;

/** What a lane runs on: a provider and a family. */
record Setting(UdpSocketProvider provider, Family family) {

    /** Every provider that is found, in each family. */
    static List<Setting> all() {
        return UdpSockets.providers().stream()
                .flatMap(provider -> Arrays.stream(Family.values()).map(family -> new Setting(provider, family)))
                .toList();
    }

    UdpSocket create() throws SocketErrorException {
        return provider.createSocket(family.family);
    }

    /** Whether several datagrams may leave as one packet. */
    boolean segments() {
        return provider.capabilities().contains(ProviderCapability.SEGMENTATION_OFFLOAD);
    }

    @Override
    public String toString() {
        return provider.name() + " " + family;
    }
}
