// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.channel;

import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A channel whose peer can change without losing what is queued: {@link DatagramChannel#connect} discards the kernel's
 * queue, so that is drained into memory first. All methods are called under the socket's lock.
 */
final class PeerChannel {
    /** How many datagrams are drained at most, of senders that never stop. */
    private static final int MAX_DRAINED = 10_000;

    private static final ThreadLocal<ByteBuffer> ROOM =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(65_535));

    final DatagramChannel channel;
    private final IpAddressFamily family;
    private final Runnable news;
    private final Deque<IncomingDatagram> drained = new ArrayDeque<>();
    private InetSocketAddress peer;

    /** An error that was met while another call had a success to return; thrown once (S2, R2, P2). */
    private SocketErrorException pending;

    /**
     * Of an open channel.
     *
     * @param news called when a datagram or an error is kept here, where no selector sees it
     */
    PeerChannel(DatagramChannel channel, IpAddressFamily family, Runnable news) {
        this.channel = channel;
        this.family = family;
        this.news = news;
    }

    /** Port 0 becomes a definite one first: one that the kernel picked itself is lost when the peer is dropped. */
    InetSocketAddress bind(InetSocketAddress wanted) throws SocketErrorException {
        try {
            InetSocketAddress definite = wanted.getPort() == 0 ? freePort(wanted) : wanted;
            return (InetSocketAddress) channel.bind(definite).getLocalAddress();
        } catch (IOException e) {
            throw ChannelErrors.withTrace(e);
        }
    }

    private InetSocketAddress freePort(InetSocketAddress wanted) throws IOException {
        try (DatagramChannel temporary = DatagramChannel.open(ChannelProvider.protocol(family))) {
            return (InetSocketAddress) temporary.bind(wanted).getLocalAddress();
        }
    }

    /** Sets or drops the peer; errors of the old one are forgotten (U3). */
    void setPeer(InetSocketAddress remote) throws SocketErrorException {
        peer = null;
        try {
            detach();
            drain();
            pending = null;
            if (remote != null) {
                attach(remote);
            }
            peer = remote;
        } catch (IOException e) {
            throw ChannelErrors.withTrace(e);
        }
    }

    private void detach() throws IOException {
        if (channel.isConnected()) {
            drain();
            channel.disconnect();
        }
    }

    private void attach(InetSocketAddress remote) throws IOException {
        try {
            channel.connect(remote);
        } catch (IOException e) {
            if (!channel.isConnected()) { // else it was an old error, met while the queue was discarded
                throw e;
            }
        }
    }

    /** Sends one datagram: false if the buffer is full. */
    boolean send(ByteBuffer payload, InetSocketAddress remote) throws SocketErrorException {
        try {
            if (!payload.hasRemaining()) {
                return sendEmpty(payload, remote);
            }
            return (peer != null ? channel.write(payload) : channel.send(payload, remote)) > 0;
        } catch (IOException e) {
            throw ChannelErrors.light(e);
        }
    }

    /** A connected channel sends no empty datagrams; and the answer 0 to one doesn't say whether it was sent. */
    private boolean sendEmpty(ByteBuffer empty, InetSocketAddress remote) throws IOException {
        boolean connected = channel.isConnected();
        if (connected) {
            drain();
            throwPending();
        }
        if (!isWritable()) {
            return false;
        }
        if (!connected) {
            channel.send(empty, remote);
            return true;
        }
        channel.disconnect();
        channel.send(empty, peer);
        drain();
        attach(peer);
        return true;
    }

    /** The next datagram; null if there is none. */
    IncomingDatagram receive() throws SocketErrorException {
        throwPending();
        return drained.isEmpty() ? take() : drained.remove();
    }

    /** The next datagram of the kernel's queue. */
    private IncomingDatagram take() throws SocketErrorException {
        ByteBuffer room = ROOM.get();
        try {
            while (true) {
                InetSocketAddress source = (InetSocketAddress) channel.receive(room.clear());
                if (source == null) {
                    return null;
                }
                boolean foreign = family == IpAddressFamily.IPV6 && source.getAddress() instanceof Inet4Address;
                if (!foreign) { // the JDK opens IPv6 sockets for IPv4 too (U1)
                    byte[] payload = new byte[room.flip().remaining()];
                    room.get(payload);
                    return new IncomingDatagram(ByteBuffer.wrap(payload), source);
                }
            }
        } catch (IOException e) {
            throw ChannelErrors.light(e);
        }
    }

    private void drain() {
        for (int i = 0; i < MAX_DRAINED && takeAhead(); i++) {}
    }

    /** Moves a datagram, or an error, from the kernel to memory: false if there is none. */
    private boolean takeAhead() {
        try {
            IncomingDatagram next = take();
            if (next == null) {
                return false;
            }
            drained.add(next);
            news.run();
        } catch (SocketErrorException e) {
            keep(e);
        }
        return true;
    }

    void keep(SocketErrorException error) {
        pending = error;
        news.run();
    }

    boolean hasPending() {
        return pending != null;
    }

    void throwPending() throws SocketErrorException {
        SocketErrorException error = pending;
        pending = null;
        if (error != null) {
            throw error;
        }
    }

    boolean isReadable() {
        return pending != null || !drained.isEmpty() || takeAhead();
    }

    boolean isWritable() {
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            return selector.selectNow() > 0;
        } catch (IOException e) {
            return true; // the next send says what is wrong
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) { // close(2) releases the descriptor whatever it answers
        }
    }
}
