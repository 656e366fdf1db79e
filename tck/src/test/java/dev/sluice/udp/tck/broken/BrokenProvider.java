// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.spi.TransportProvider;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The provider in memory, with a fault above its sockets. */
record BrokenProvider(TransportProvider sound, UnaryOperator<UdpSocket> breaking)
        implements UdpSocketProvider, AutoCloseable {
    @Override
    public String name() {
        return "broken";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Optional<String> unavailability() {
        return sound.unavailability();
    }

    @Override
    public Set<ProviderCapability> capabilities() {
        return sound.capabilities();
    }

    @Override
    public UdpSocket createSocket(IpAddressFamily family) throws SocketErrorException {
        return breaking.apply(sound.createSocket(family));
    }

    @Override
    public void close() {
        sound.close();
    }
}
