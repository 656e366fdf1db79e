// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A provider as its many users see it: without the {@code close} that the provider itself may have, and which would take it
 * from the others (V6). Its owner closes it.
 */
final class SharedProvider implements UdpSocketProvider {
    private final UdpSocketProvider provider;

    SharedProvider(UdpSocketProvider provider) {
        this.provider = provider;
    }

    /** The class of the provider itself. */
    Class<?> type() {
        return provider.getClass();
    }

    @Override
    public String name() {
        return provider.name();
    }

    /** Its own, unless an administrator has set another one. */
    @Override
    public int priority() {
        return Integer.getInteger("sluice." + provider.name() + ".ranking", provider.priority());
    }

    @Override
    public Optional<String> unavailability() {
        return provider.unavailability();
    }

    @Override
    public boolean mayBecomeAvailable() {
        return provider.mayBecomeAvailable();
    }

    @Override
    public Set<ProviderCapability> capabilities() {
        return provider.capabilities();
    }

    @Override
    public UdpSocket createSocket(IpAddressFamily family) throws SocketErrorException {
        return provider.createSocket(family);
    }

    /** Closes those that can be closed, whatever one of them throws, which is thrown in the end. */
    static void closeAll(List<SharedProvider> all) {
        IllegalStateException failure = null;
        for (SharedProvider shared : all) {
            try {
                if (shared.provider instanceof AutoCloseable closeable) {
                    closeable.close();
                }
            } catch (Exception | LinkageError e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                if (failure == null) {
                    failure = new IllegalStateException("A provider could not be shut down: "
                            + shared.type().getName());
                }
                failure.addSuppressed(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public String toString() {
        return provider.toString();
    }
}
