// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.EphemeralPort;
import dev.sluice.udp.spi.LinuxTransport;
import dev.sluice.udp.spi.SegmentingSender;
import dev.sluice.udp.spi.TransportOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.OptionalLong;
import java.util.Set;

/** A UDP socket of Linux's. */
final class FfmTransport extends LinuxTransport {
    private final KernelSocket socket;
    private final SegmentingSender sender;
    private final CoalescingReceiver receiver;
    private final EpollRegistration registration;
    private final CallerWait callerWait;

    private boolean hasPeer;

    /** It has, or had, or was refused a peer. */
    private boolean wasConnected;

    private boolean closed;

    FfmTransport(
            KernelSocket socket,
            SegmentingSender sender,
            CoalescingReceiver receiver,
            EpollRegistration registration,
            CallerWait callerWait) {
        super(socket.options(), sender, Probe.hasPaths() ? Set.of(TransportOption.RECEIVE_PATHS) : Set.of());
        this.socket = socket;
        this.sender = sender;
        this.receiver = receiver;
        this.registration = registration;
        this.callerWait = callerWait;
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
            socket.calls().takeError(); // of the old peer: the first good send to the new one would fail with it
            sender.peerChanged(hasPeer);
        }
        return socket.localAddress();
    }

    @Override
    public boolean differsFromFresh() {
        return wasConnected && socket.isIpv6();
    }

    @Override
    public void moveTo(DatagramTransport fresh, InetSocketAddress local) throws IOException {
        socket.share(((FfmTransport) fresh).socket, local);
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
        boolean hadLeftover = receiver.hasLeftover();
        try {
            return receiver.receive(into, max);
        } catch (SocketErrorException e) {
            sender.errorMet(e);
            throw e;
        } finally {
            if (!hadLeftover && receiver.hasLeftover()) { // the kernel can't tell those that wait already
                callerWait.becameReadable();
                registration.occurred(READABLE);
            }
        }
    }

    @Override
    public int readiness(int interest) throws IOException {
        if (interest == READABLE && receiver.hasLeftover()) {
            return READABLE;
        }
        int ready = socket.ready(interest);
        return receiver.hasLeftover() ? ready | interest & READABLE : ready;
    }

    @Override
    public void arm(int interest, Runnable ready) throws IOException {
        registration.arm(interest, ready);
        if ((interest & READABLE) != 0 && receiver.hasLeftover()) {
            registration.occurred(READABLE);
        }
    }

    @Override
    public boolean await(int interest, long nanos) {
        return callerWait.await(interest, nanos);
    }

    @Override
    public void wakeup(int interest) {
        callerWait.wakeup(interest);
    }

    @Override
    public long get(TransportOption option) throws IOException {
        return option != TransportOption.RECEIVE_PATHS ? super.get(option) : receiver.receivesPaths() ? 1 : 0;
    }

    @Override
    public void set(TransportOption option, long value) throws IOException {
        if (option == TransportOption.RECEIVE_PATHS) {
            receiver.receivePaths(value != 0);
        } else {
            super.set(option, value);
        }
    }

    @Override
    public OptionalLong droppedByKernel() {
        long drops = socket.drops();
        return drops < 0 ? OptionalLong.empty() : OptionalLong.of(drops);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            registration.close();
            callerWait.close();
            receiver.close();
            socket.close();
        }
    }
}
