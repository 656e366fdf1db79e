// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.memory;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.TransportProvider;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A third party's provider: a network in memory, written from the documentation of the SPI alone (V5). All its instances
 * share one network, on which only the loopback addresses exist.
 */
public final class MemoryProvider extends TransportProvider {
    private final ExecutorService waiting = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "sluice-memory");
        thread.setDaemon(true);
        return thread;
    });

    private final Wrapping wrapping;

    /** Puts something around a transport. */
    public interface Wrapping {
        /**
         * Puts it there.
         *
         * @param sound the transport
         * @param waiting the provider's waiting thread
         * @return what to use instead
         */
        DatagramTransport wrap(DatagramTransport sound, Executor waiting);
    }

    /** For ServiceLoader. */
    public MemoryProvider() {
        this((sound, waiting) -> sound);
    }

    /**
     * With something around each transport.
     *
     * @param wrapping puts it there
     */
    public MemoryProvider(Wrapping wrapping) {
        this.wrapping = wrapping;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public int priority() {
        return 1;
    }

    @Override
    public Set<ProviderCapability> capabilities() {
        return Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(
                ProviderCapability.SEGMENTATION_OFFLOAD,
                ProviderCapability.KERNEL_DROPS,
                ProviderCapability.MULTICAST,
                ProviderCapability.OWN_GROUPS_ONLY,
                ProviderCapability.DATAGRAM_PATHS)));
    }

    @Override
    protected DatagramTransport open(IpAddressFamily family) {
        return wrapping.wrap(new MemoryTransport(family, waiting), waiting);
    }

    @Override
    protected void stop() {
        waiting.shutdownNow();
    }
}
