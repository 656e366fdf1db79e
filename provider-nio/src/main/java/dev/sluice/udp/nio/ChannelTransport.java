// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.EventLoop;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.ScratchPool;
import dev.sluice.udp.spi.TransportOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Set;

/** A UDP socket on a {@link DatagramChannel}. */
final class ChannelTransport implements DatagramTransport {
    private static final boolean LINUX = System.getProperty("os.name", "").startsWith("Linux");

    private final DatagramChannel channel;
    private final IpAddressFamily family;
    private final ChannelRegistration registration;
    private final ReadinessProbe probe;
    private final ReceiveQueue queue;
    private final ChannelOptions options;

    /** Under the send lock. The peer that was asked for; null for none. */
    private InetSocketAddress peer;

    /** The channel is unconnected: it was, to send an empty datagram, and connecting it again failed. */
    private boolean detached;

    /** It has, or had, or was refused a peer. */
    private boolean wasConnected;

    /** Bound to {@code ::}, which with the JDK takes IPv4 datagrams in, too. */
    private boolean onBothFamilies;

    private boolean closed;

    /** A view of the memory of the batch that was sent last, so that sending allocates nothing. */
    private ByteBuffer view;

    private ByteBuffer viewed;

    ChannelTransport(
            DatagramChannel channel,
            IpAddressFamily family,
            EventLoop loop,
            ReadinessProbe probe,
            ScratchPool scratch) {
        this.channel = channel;
        this.family = family;
        this.probe = probe;
        this.options = new ChannelOptions(channel);
        this.registration = new ChannelRegistration(channel, loop, this::hasDatagram);
        this.queue = new ReceiveQueue(channel, family, scratch, () -> registration.occurred(READABLE));
    }

    @Override
    public InetSocketAddress bind(InetSocketAddress local) throws IOException {
        try {
            EphemeralPort.bind(channel, family, local);
            onBothFamilies =
                    family == IpAddressFamily.IPV6 && local.getAddress().isAnyLocalAddress();
            return local();
        } catch (IOException e) {
            throw NioErrors.of(Operation.BIND, e);
        }
    }

    private InetSocketAddress local() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    @Override
    public InetSocketAddress connect(InetSocketAddress remote) throws IOException {
        peer = null;
        detached = false;
        try {
            queue.detach();
            if (remote != null) {
                wasConnected = true;
                queue.attach(remote);
                peer = remote;
            }
            return local();
        } catch (IOException e) {
            throw NioErrors.of(Operation.CONNECT, e);
        }
    }

    @Override
    public boolean differsFromFresh() {
        return wasConnected && family == IpAddressFamily.IPV6 && LINUX;
    }

    @Override
    public void moveTo(DatagramTransport fresh, InetSocketAddress local) throws IOException {
        try {
            setReusePort(true);
            try {
                ((ChannelTransport) fresh).setReusePort(true);
                fresh.bind(local);
            } finally {
                setReusePort(false);
            }
            ((ChannelTransport) fresh).setReusePort(false);
            queue.turnAway(local);
        } catch (IOException e) {
            throw NioErrors.of(Operation.CONNECT, e);
        }
    }

    /** Unlike SO_REUSEADDR, it lets no other user's process in. It counts only while a socket is bound. */
    private void setReusePort(boolean on) throws IOException {
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, on);
    }

    @Override
    public int send(DatagramBatch batch, int from, int to) throws IOException {
        InetSocketAddress remote = batch.remoteAddress(from);
        int length = batch.length(from);
        try {
            if (detached) {
                queue.attach(peer);
                detached = false;
            }
            ByteBuffer view = view(batch.memory(), batch.offset(from), length);
            if (length == 0) {
                return sendEmpty(view, remote);
            }
            return (peer != null ? channel.write(view) : channel.send(view, remote)) > 0 ? 1 : 0;
        } catch (IOException e) {
            throw NioErrors.of(Operation.SEND, e);
        }
    }

    private ByteBuffer view(ByteBuffer memory, int offset, int length) {
        if (memory != viewed) {
            viewed = memory;
            view = memory.duplicate();
        }
        return view.limit(offset + length).position(offset);
    }

    /**
     * Sends an empty datagram. A channel's answer to that is 0, as if the buffer were full, so the selector is asked
     * first whether the buffer has room. A connected channel sends none at all, so it is disconnected for that moment.
     */
    private int sendEmpty(ByteBuffer empty, InetSocketAddress remote) throws IOException {
        if (peer == null) {
            return sendEmptyUnconnected(empty, remote);
        }
        synchronized (queue) {
            queue.drain(); // a pending error belongs to an earlier datagram: it is thrown, and this one is not sent
            if (probe.ask(channel, WRITABLE) == 0) {
                return 0;
            }
            queue.detach();
            try {
                return sendEmptyUnconnected(empty, peer);
            } finally {
                reattach();
            }
        }
    }

    private void reattach() {
        try {
            queue.attach(peer);
        } catch (IOException e) { // the route has just gone; the next send tries again, and throws
            detached = true;
        }
    }

    private int sendEmptyUnconnected(ByteBuffer empty, InetSocketAddress remote) throws IOException {
        if (probe.ask(channel, WRITABLE) == 0) {
            return 0;
        }
        channel.send(empty, remote);
        return 1;
    }

    @Override
    public int receive(DatagramBatch into, int max) throws IOException {
        return queue.receive(into, max);
    }

    @Override
    public int readiness(int interest) throws IOException {
        int ready;
        try {
            ready = probe.ask(channel, interest);
        } catch (IOException e) {
            throw NioErrors.of(Operation.OPTION, e);
        }
        if ((ready & READABLE) != 0 && mayBeForeign() && !queue.hasDatagram()) {
            ready &= ~READABLE;
        }
        return queue.hasDrained() ? ready | interest & READABLE : ready;
    }

    /** Whether what makes the channel readable may be IPv4, which an IPv6 socket doesn't deliver (U1). */
    private boolean mayBeForeign() {
        return onBothFamilies && peer == null;
    }

    /** On the waiting thread: whether a channel that is reported readable has something for this socket. */
    private boolean hasDatagram() {
        try {
            return !mayBeForeign() || queue.hasDatagram();
        } catch (IOException e) { // the channel is being closed: without a peer no other error is pending (udp(7))
            return true;
        }
    }

    @Override
    public void arm(int interest, Runnable ready) throws IOException {
        registration.arm(interest, ready);
        queue.fireIfReady();
    }

    @Override
    public Set<TransportOption> supportedOptions() {
        return options.supported();
    }

    @Override
    public long get(TransportOption option) throws IOException {
        try {
            return options.get(option);
        } catch (IOException e) {
            throw NioErrors.of(Operation.OPTION, e);
        }
    }

    @Override
    public void set(TransportOption option, long value) throws IOException {
        try {
            options.set(option, value);
        } catch (IOException e) {
            throw NioErrors.of(Operation.OPTION, e);
        }
    }

    @Override
    public void join(InetAddress group, NetworkInterface networkInterface, InetAddress source) throws IOException {
        options.join(group, networkInterface, source);
    }

    @Override
    public void leave(InetAddress group, NetworkInterface networkInterface, InetAddress source) {
        options.leave(group, networkInterface, source);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            // close(2) gives the descriptor back whatever it says
        } finally {
            try {
                registration.close();
            } finally {
                probe.release();
            }
        }
    }
}
