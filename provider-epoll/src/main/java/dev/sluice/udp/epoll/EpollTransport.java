// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.EphemeralPort;
import dev.sluice.udp.spi.EventLoop;
import dev.sluice.udp.spi.LinuxTransport;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SegmentCeiling;
import dev.sluice.udp.spi.SegmentingSender;
import dev.sluice.udp.spi.SocketErrors;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.OptionalLong;
import java.util.Set;

/** A UDP socket of Linux, through Netty. */
final class EpollTransport extends LinuxTransport {
    private final KernelSocket socket;
    private final SegmentingSender sender;
    private final PeerReceiver receiver;
    private final EpollRegistration registration;

    private boolean hasPeer;

    /** It has, or had, or was refused a peer. */
    private boolean wasConnected;

    private boolean closed;

    EpollTransport(
            KernelSocket socket, IpAddressFamily family, SegmentCeiling ceiling, boolean segmenting, EventLoop loop) {
        this(socket, family, new SegmentingSender(socket, null, ceiling, segmenting, family.maxDatagramSize()), loop);
    }

    private EpollTransport(KernelSocket socket, IpAddressFamily family, SegmentingSender sender, EventLoop loop) {
        super(socket.options(), sender, Set.of());
        this.socket = socket;
        this.sender = sender;
        this.receiver = new PeerReceiver(socket, family.maxDatagramSize(), PeerReceiver.SETTLING);
        this.registration = new EpollRegistration(socket.descriptor(), loop);
    }

    @Override
    public InetSocketAddress bind(InetSocketAddress local) throws IOException {
        return EphemeralPort.bind(socket, local);
    }

    /**
     * Sets the peer. The old one is dropped first: reconnecting in place keeps the old route's source address, and fails
     * if that doesn't suit the new peer.
     */
    @Override
    public InetSocketAddress connect(InetSocketAddress remote) throws IOException {
        try {
            hasPeer = false;
            if (wasConnected) {
                socket.disconnect(); // which would take a socket that is bound to a link from it
            }
            if (remote != null) {
                wasConnected = true;
                socket.connect(remote);
                hasPeer = true;
            }
        } finally {
            socket.takeError(); // of the old peer: the first good send to the new one would fail with it
            sender.peerChanged(hasPeer);
            receiver.peerChanged(hasPeer ? remote : null);
        }
        return socket.localAddress();
    }

    @Override
    public boolean differsFromFresh() {
        return wasConnected && socket.isIpv6();
    }

    @Override
    public void moveTo(DatagramTransport fresh, InetSocketAddress local) throws IOException {
        socket.share(((EpollTransport) fresh).socket, local);
    }

    @Override
    public int send(DatagramBatch batch, int from, int to) throws IOException {
        try {
            return sender.send(batch, from, to);
        } catch (SocketErrorException e) {
            sender.errorMet(e);
            throw e;
        }
    }

    @Override
    public int receive(DatagramBatch into, int max) throws IOException {
        try {
            return receiver.receive(into, max);
        } catch (SocketErrorException e) {
            sender.errorMet(e);
            throw e;
        }
    }

    /** Only a socket with a peer has errors pending: without IP_RECVERR the kernel keeps no others (udp(7)). */
    @Override
    public int readiness(int interest) throws IOException {
        if (hasPeer) {
            int errno = socket.takeError();
            if (errno != 0) {
                SocketErrorException pending = SocketErrors.ofLinux(Operation.SEND, errno, null);
                sender.errorMet(pending);
                throw pending;
            }
        }
        return ((interest & READABLE) != 0 && socket.isReadable() ? READABLE : 0)
                | ((interest & WRITABLE) != 0 && socket.isWritable() ? WRITABLE : 0);
    }

    @Override
    public void arm(int interest, Runnable ready) throws IOException {
        registration.arm(interest, ready);
    }

    @Override
    public OptionalLong droppedByKernel() {
        try {
            return OptionalLong.of(socket.drops());
        } catch (SocketErrorException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            registration.close();
            socket.close();
        }
    }
}
