// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.semantics;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.ScratchPool;
import dev.sluice.udp.spi.TransportProvider;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;

/** A provider whose sockets are on transports that a test makes: {@link ScriptedTransport}s, or those of a wrapper. */
final class ScriptedProvider extends TransportProvider {
    /** How many datagrams of a list are offered to the transport at once. */
    static final int SCRATCH_DATAGRAMS = 128;

    private final Callable<? extends DatagramTransport> opening;

    /**
     * A provider of one or more transports.
     *
     * @param opening called for each socket; what {@link IOException} it throws is the error of creation
     */
    public ScriptedProvider(Callable<? extends DatagramTransport> opening) {
        super(new ScratchPool(SCRATCH_DATAGRAMS, 2 * 65_536));
        this.opening = opening;
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Set<ProviderCapability> capabilities() {
        return Set.of();
    }

    @Override
    protected DatagramTransport open(IpAddressFamily family) throws IOException {
        try {
            return opening.call();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("opening a transport throws nothing but IOException", e);
        }
    }
}
