// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import dev.sluice.udp.spi.TransportProvider;
import dev.sluice.udp.spi.osgi.ProviderActivator;

/** Registers the provider while its bundle is active. */
public final class EpollActivator extends ProviderActivator {
    /** For the framework. */
    public EpollActivator() {}

    @Override
    protected TransportProvider create() {
        return new EpollProvider();
    }
}
