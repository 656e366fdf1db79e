package com.example.udp.memory;

import dev.sluice.udp.spi.TransportProvider;
import dev.sluice.udp.spi.osgi.ProviderActivator;

/** Registers the provider as an OSGi service while its bundle is active. */
public final class MemoryActivator extends ProviderActivator {
    @Override
    protected TransportProvider create() {
        return new MemoryProvider();
    }
}
