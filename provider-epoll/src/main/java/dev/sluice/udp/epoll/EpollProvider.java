// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

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
 * The provider "epoll": Linux on x86-64 and arm64, through Netty's native library.
 *
 * <p>Sending and receiving are system calls on the caller's thread; runs of one destination and one size leave in one of
 * them. One daemon thread waits for all sockets; it starts with the first that is waited for and ends when none has
 * been waited for in a few seconds.
 *
 * <p>Netty's sockets are not close-on-exec, and its public API has no way to it: a process that native code starts keeps
 * their ports (U1).
 *
 * <p>This class names no class of Netty's, so that it can say what is missing.
 */
public final class EpollProvider extends TransportProvider {
    private static final int PRIORITY = 100;

    /** As many as one GSO send takes (UDP_MAX_SEGMENTS, include/linux/udp.h: 128 since 6.9). */
    private static final int SCRATCH_DATAGRAMS = 128;

    /** Twice the largest datagram, so that small ones are received in lots. */
    private static final int SCRATCH_BYTES = 2 * 65_536;

    /** Null until the first socket: its class needs Netty's. */
    private volatile EpollSockets sockets;

    /** Null: not configured. */
    private volatile Duration idle;

    /** For {@link java.util.ServiceLoader}. Does nothing that can fail. */
    public EpollProvider() {
        super(new ScratchPool(SCRATCH_DATAGRAMS, SCRATCH_BYTES));
    }

    @Override
    public String name() {
        return "epoll";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Set<ProviderCapability> capabilities() {
        Set<ProviderCapability> all = EnumSet.complementOf(
                EnumSet.of(ProviderCapability.COALESCED_RECEIVE, ProviderCapability.DATAGRAM_PATHS));
        if (!Availability.probe().segments()) {
            all.remove(ProviderCapability.SEGMENTATION_OFFLOAD);
        }
        return Set.copyOf(all);
    }

    @Override
    protected Optional<String> obstacle() {
        return Availability.probe().obstacle();
    }

    @Override
    protected ErrorCode obstacleCode() {
        ErrorCode code = Availability.probe().code();
        return code == null ? super.obstacleCode() : code;
    }

    @Override
    protected DatagramTransport open(IpAddressFamily family) throws IOException {
        return sockets().open(family);
    }

    private synchronized EpollSockets sockets() {
        if (sockets == null) {
            sockets = new EpollSockets(Availability.probe().segments(), idle);
        }
        return sockets;
    }

    @Override
    protected void configured(ProviderSettings settings) {
        idle = settings.idle();
    }

    @Override
    protected synchronized void stop() {
        if (sockets != null) {
            sockets.stop();
        }
    }
}
