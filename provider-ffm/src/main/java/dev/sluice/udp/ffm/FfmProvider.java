// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.ProviderSettings;
import dev.sluice.udp.spi.ScratchPool;
import dev.sluice.udp.spi.TransportProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The provider "ffm": Linux on x86-64 and arm64, through the foreign-function API of Java 22 and later. It needs no native
 * library and no dependency, but native access: {@code --enable-native-access=ALL-UNNAMED}, or the module's name.
 *
 * <p>Sending and receiving are system calls on the caller's thread. Runs of one destination and one size leave in one of
 * them, and what arrives coalesced is received in one of them. A platform thread waits for one socket in the kernel itself;
 * for all other waiting there is one daemon thread, which starts with the first socket that is waited for and ends a few
 * seconds after the last.
 *
 * <p>This class names no class of Java 22's, so that it can say what is missing.
 */
public final class FfmProvider extends TransportProvider {
    /** Above epoll's. */
    private static final int PRIORITY = 200;

    /** As many as one GSO send takes (UDP_MAX_SEGMENTS, include/linux/udp.h: 128 since 6.9). */
    private static final int SCRATCH_DATAGRAMS = 128;

    /** Twice the largest datagram, so that small ones are received in lots. */
    private static final int SCRATCH_BYTES = 2 * 65_536;

    /** Null until it is asked for: its class needs Java 22. */
    private volatile Backend backend;

    /** Null: not configured. */
    private volatile Duration idle;

    /** For {@link java.util.ServiceLoader}. Does nothing that can fail. */
    public FfmProvider() {
        super(new ScratchPool(SCRATCH_DATAGRAMS, SCRATCH_BYTES));
    }

    @Override
    public String name() {
        return "ffm";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Set<ProviderCapability> capabilities() {
        Set<ProviderCapability> all = EnumSet.allOf(ProviderCapability.class);
        boolean usable = obstacle().isEmpty();
        if (!usable || !backend().canSegment()) {
            all.remove(ProviderCapability.SEGMENTATION_OFFLOAD);
        }
        if (!usable || !backend().canCoalesce()) {
            all.remove(ProviderCapability.COALESCED_RECEIVE);
        }
        if (!usable || !backend().hasPaths()) {
            all.remove(ProviderCapability.DATAGRAM_PATHS);
        }
        return Set.copyOf(all);
    }

    @Override
    protected Optional<String> obstacle() {
        return Availability.obstacle(this::backend).map(Obstacle::reason);
    }

    @Override
    protected ErrorCode obstacleCode() {
        return Availability.obstacle(this::backend).map(Obstacle::code).orElseGet(super::obstacleCode);
    }

    @Override
    protected DatagramTransport open(IpAddressFamily family) throws IOException {
        return backend().open(family);
    }

    private Backend backend() {
        Backend known = backend;
        return known != null ? known : load();
    }

    private synchronized Backend load() {
        if (backend == null) {
            Backend loaded = Backend.load();
            if (idle != null) {
                loaded.setIdle(idle);
            }
            backend = loaded;
        }
        return backend;
    }

    @Override
    protected void configured(ProviderSettings settings) {
        idle = settings.idle();
    }

    @Override
    protected synchronized void stop() {
        if (backend != null) {
            backend.stop();
        }
    }
}
