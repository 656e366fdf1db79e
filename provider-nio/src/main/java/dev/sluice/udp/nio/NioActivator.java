// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import dev.sluice.udp.spi.TransportProvider;
import dev.sluice.udp.spi.osgi.ProviderActivator;

/** Registers the provider {@code nio} as an OSGi service while its bundle is active. */
public final class NioActivator extends ProviderActivator {

    /** For the OSGi framework. */
    public NioActivator() {}

    @Override
    protected TransportProvider create() {
        return new NioProvider();
    }
}
