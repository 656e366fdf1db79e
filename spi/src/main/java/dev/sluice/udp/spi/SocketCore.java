// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.SocketStatistics;
import dev.sluice.udp.spi.jfr.EventSource;
import dev.sluice.udp.spi.jfr.Events;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a socket and its streams share, and what has to be closed when nothing holds them any more. So it refers to none of
 * them.
 *
 * <p><b>Locks.</b> {@link #sending} guards every call that the transport gets for sending, {@link #receiving} those for
 * receiving; bind, connect, options and close take both, in this order. So the transport is never used after close,
 * which with a native descriptor would write into another socket. Foreign code never runs under either (U8).
 */
final class SocketCore implements EventSource {
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final long number = NUMBERS.incrementAndGet();

    final TransportLock sending = new TransportLock();
    final TransportLock receiving = new TransportLock();
    final SocketCounters counters = new SocketCounters();

    /** Opens another transport like the first one. */
    final Opener opener;

    /** Written and used under both locks; the streams of a pair keep the one that they began with. */
    DatagramTransport transport;

    final IpAddressFamily family;
    final ProviderMemory memory;

    /** Of every transport that this socket gets. */
    final Set<TransportOption> supportedOptions;

    /** Where it is bound; null before. Written under both locks. */
    volatile InetSocketAddress local;

    /** Where it was bound, whatever peer it has had since. Written under both locks. */
    InetSocketAddress bound;

    /** The options that were set. Guarded by both locks. */
    private final Map<TransportOption, Long> options = new EnumMap<>(TransportOption.class);

    /** Guarded by both locks. */
    final Memberships memberships = new Memberships(this);

    /** Datagrams that were taken from the transport and could not be delivered yet. Guarded by {@link #receiving}. */
    final ReceiveBacklog backlog;

    /** Of transports that were closed. Guarded by {@link #receiving}. */
    private OptionalLong droppedBefore = OptionalLong.empty();

    /** Written under both locks. */
    private volatile boolean closed;

    /** How a provider opens a transport of one family. */
    @FunctionalInterface
    interface Opener {
        DatagramTransport open() throws SocketErrorException;
    }

    SocketCore(DatagramTransport transport, Opener opener, IpAddressFamily family, ProviderMemory memory) {
        this.transport = transport;
        this.supportedOptions = transport.supportedOptions();
        this.opener = opener;
        this.family = family;
        this.memory = memory;
        this.backlog = new ReceiveBacklog(memory.scratch);
        adopt(transport);
    }

    /** What the transport tells of is this socket's. */
    private void adopt(DatagramTransport own) {
        if (own instanceof LinuxTransport linux) {
            linux.belongsTo(this);
        }
    }

    /** Sets an option, now and of any transport that takes the place of this one. */
    void set(TransportOption option, long value) throws IOException {
        transport.set(option, value);
        options.put(option, value);
    }

    /** The value that an option was set to last; 0 if it wasn't. Under both locks. */
    long lastSet(TransportOption option) {
        return options.getOrDefault(option, 0L);
    }

    /** Sets an option on another transport, if it was set. */
    void setAgain(DatagramTransport fresh, TransportOption option) throws IOException {
        Long value = options.get(option);
        if (value != null) {
            fresh.set(option, value);
        }
    }

    /** Sets the options that were set on another transport; an interface that has gone is none any more. */
    void setOptionsOf(DatagramTransport fresh) throws IOException {
        for (Map.Entry<TransportOption, Long> option : options.entrySet()) {
            try {
                fresh.set(option.getKey(), option.getValue());
            } catch (IOException e) {
                if (option.getKey() != TransportOption.MULTICAST_INTERFACE) {
                    throw e;
                }
            }
        }
    }

    /**
     * Takes another transport, after binding this one to a link failed: Linux has bound it to that link all the same, so that
     * it would hear and send nothing else ({@code __inet6_bind} in net/ipv6/af_inet6.c). Under both locks.
     *
     * @param failure what binding failed with; it gets what fails here
     */
    void reopen(IOException failure) {
        try {
            DatagramTransport fresh = opener.open();
            boolean done = false;
            try {
                setOptionsOf(fresh);
                done = true;
            } finally {
                (done ? transport : fresh).close();
            }
            transport = fresh;
            adopt(fresh);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Takes another transport in the place of this one, which is to be closed. Under both locks. */
    void replaceTransport(DatagramTransport fresh) {
        droppedBefore = countDropped();
        transport = fresh;
        adopt(fresh);
    }

    /** What the kernel has dropped for want of buffer, as far as it tells (K2). */
    private OptionalLong droppedByKernel() {
        receiving.lockSafely();
        try {
            return closed ? droppedBefore : countDropped();
        } finally {
            receiving.unlock();
        }
    }

    /** The same of a socket that isn't closed, under {@link #receiving}. */
    private OptionalLong countDropped() {
        OptionalLong now = transport.droppedByKernel();
        return now.isPresent() ? OptionalLong.of(droppedBefore.orElse(0) + now.getAsLong()) : now;
    }

    boolean isClosed() {
        return closed;
    }

    void ensureOpen() throws SocketErrorException {
        if (closed) {
            throw new SocketErrorException(ErrorCode.INVALID_STATE, StreamState.CLOSED);
        }
    }

    /** Gives back what the system and the provider lent. Under both locks. Idempotent. */
    void close() {
        if (closed) {
            return;
        }
        try {
            droppedBefore = countDropped();
        } finally {
            closed = true;
            backlog.clear();
            transport.close();
            if (Events.recordsClosed()) {
                Events.closed(this, counters.snapshot(droppedBefore));
            }
        }
    }

    SocketStatistics statistics() {
        return counters.snapshot(droppedByKernel());
    }

    @Override
    public long socketNumber() {
        return number;
    }

    @Override
    public String localText() {
        InetSocketAddress bound = local;
        return bound == null ? null : Addresses.text(bound);
    }

    /** The streams' affair. */
    @Override
    public String peerText() {
        return null;
    }

    void lockBoth() {
        sending.lockSafely();
        boolean both = false;
        try {
            receiving.lockSafely();
            both = true;
        } finally {
            if (!both) {
                sending.held = 0;
            }
        }
    }

    void unlockBoth() {
        receiving.held = 0;
        sending.held = 0;
        receiving.wakeNext();
        sending.wakeNext();
    }
}
