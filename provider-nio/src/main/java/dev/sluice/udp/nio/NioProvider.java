// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.EventLoop;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.ProviderSettings;
import dev.sluice.udp.spi.ScratchPool;
import dev.sluice.udp.spi.TransportProvider;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Set;

/**
 * The provider {@code nio}: runs wherever Java runs, and needs nothing else (V4).
 *
 * <p>Of the {@link ProviderCapability capabilities} it has multicast, and the others not, because the JDK offers no way to
 * them:
 *
 * <ul>
 *   <li>before Java 22, an IPv6 socket on Linux also receives of groups that only another socket joined (JDK-8241800);
 *   <li>the unicast hop limit can neither be read nor set: {@link dev.sluice.udp.ErrorCode#NOT_SUPPORTED};
 *   <li>an IPv6 socket on {@code [::]:port} conflicts with an IPv4 one on {@code 0.0.0.0:port}, since the JDK opens it
 *       for both; what IPv4 senders send to it is never delivered;
 *   <li>what arrives within the microseconds of a {@code stream} call may be lost; what was queued before isn't;
 *   <li>an empty datagram to a peer is sent while the channel is disconnected for a moment, in which an asynchronous
 *       error and what arrives may be lost;
 *   <li>each datagram takes a system call;
 *   <li>the JDK's sockets are not close-on-exec: a process that native code starts keeps their ports (U1).
 * </ul>
 *
 * <p>Waiting uses a thread: one for the provider, started when first waited on, gone after some idle seconds. Another closes
 * sockets that were dropped.
 */
public final class NioProvider extends TransportProvider {
    private static final int OWN_GROUPS_SINCE = 22;

    private static final Duration IDLE = Duration.ofSeconds(10);

    /** Each datagram takes a system call; lists are copied and received in lots, so that locks are taken once for many. */
    private static final int SCRATCH_DATAGRAMS = 128;

    private static final int SCRATCH_BYTES = 2 * 65_536;

    private final ScratchPool scratch;
    private final EventLoop loop;
    private final ReadinessProbe probe = new ReadinessProbe();
    private volatile boolean prepared;

    /** For {@link java.util.ServiceLoader}. */
    public NioProvider() {
        this(IDLE);
    }

    /** With another time after which the waiting thread ends. */
    NioProvider(Duration idle) {
        this(idle, new ScratchPool(SCRATCH_DATAGRAMS, SCRATCH_BYTES));
    }

    private NioProvider(Duration idle, ScratchPool scratch) {
        super(scratch);
        this.scratch = scratch;
        this.loop = new EventLoop("sluice-nio", idle, SelectorMultiplexer::open);
    }

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Set<ProviderCapability> capabilities() {
        return Runtime.version().feature() < OWN_GROUPS_SINCE
                ? Set.of(ProviderCapability.MULTICAST)
                : Set.of(ProviderCapability.MULTICAST, ProviderCapability.OWN_GROUPS_ONLY);
    }

    @Override
    protected DatagramTransport open(IpAddressFamily family) throws IOException {
        try {
            prepare();
            probe.acquire();
            DatagramChannel channel = null;
            DatagramTransport transport = null;
            try {
                channel = DatagramChannel.open(EphemeralPort.protocol(family));
                channel.configureBlocking(false);
                transport = new ChannelTransport(channel, family, loop, probe, scratch);
                return transport;
            } finally {
                if (transport == null) {
                    abandon(channel);
                }
            }
        } catch (UnsupportedOperationException noSuchFamily) {
            throw NioErrors.familyMissing(noSuchFamily);
        } catch (IOException e) {
            throw NioErrors.of(Operation.CREATE, e);
        }
    }

    private void abandon(DatagramChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            probe.release();
        }
    }

    /**
     * The JDK's class that closes channels takes descriptors for itself when it is first used. If there are none then, it
     * stays unusable for ever, and no channel can be closed any more (sun.nio.ch.FileDispatcherImpl). So it is used here,
     * where that can be reported.
     */
    private void prepare() throws IOException {
        if (!prepared) {
            DatagramChannel.open().close();
            prepared = true;
        }
    }

    @Override
    protected void configured(ProviderSettings settings) {
        if (settings.idle() != null) {
            loop.setIdle(settings.idle());
        }
    }

    @Override
    protected void stop() {
        loop.stop();
    }
}
