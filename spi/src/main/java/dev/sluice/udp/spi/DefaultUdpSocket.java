// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.GroupMembership;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.SocketStatistics;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.spi.jfr.Events;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** The states of a socket (U1 to U7): unbound, bound, streaming, closed. */
final class DefaultUdpSocket implements UdpSocket {
    private final SocketCore core;
    private final SocketOptions options;
    private final Consumer<SocketCore> onClose;

    /** Of a socket that is bound without one. */
    private final Network defaultNetwork;

    // Written under both locks.
    private volatile Network network;
    private volatile InetSocketAddress peer;
    private volatile StreamPair pair;

    private final PeerChange peerChange;

    DefaultUdpSocket(SocketCore core, Network defaultNetwork, Consumer<SocketCore> onClose) {
        this.core = core;
        this.defaultNetwork = defaultNetwork;
        this.options = new SocketOptions(core);
        this.peerChange = new PeerChange(core);
        this.onClose = onClose;
    }

    @Override
    public void bind(InetSocketAddress address) throws SocketErrorException {
        bind(defaultNetwork, address);
    }

    @Override
    public void bind(Network wanted, InetSocketAddress address) throws SocketErrorException {
        Objects.requireNonNull(wanted, "network");
        Objects.requireNonNull(address, "local");
        try {
            bindChecked(wanted, address);
        } catch (SocketErrorException e) {
            throw Events.error(core, Operation.BIND.label(), e);
        }
    }

    private void bindChecked(Network wanted, InetSocketAddress address) throws SocketErrorException {
        core.ensureOpen();
        require(Addresses.bindProblem(core.family, address));
        ensureUnbound();
        if (!wanted.mayBind(address)) {
            throw new SocketErrorException(
                    ErrorCode.ACCESS_DENIED, "the network does not allow binding to " + Addresses.text(address));
        }
        if (Addresses.isUnbindableBroadcast(address)) {
            throw SocketErrors.of(Operation.BIND, Errno.EADDRNOTAVAIL, null);
        }
        core.lockBoth();
        try {
            ensureUnbound();
            core.bound = core.transport.bind(address);
            core.local = core.bound;
            network = wanted;
        } catch (IOException e) {
            if (Addresses.scope(address) != 0) {
                core.reopen(e);
            }
            throw SocketErrors.of(Operation.BIND, e);
        } finally {
            core.unlockBoth();
        }
    }

    @Override
    public DatagramStreams stream(InetSocketAddress remote) throws SocketErrorException {
        try {
            return startPair(remote);
        } catch (SocketErrorException e) {
            throw Events.error(core, Operation.CONNECT.label(), e);
        }
    }

    private DatagramStreams startPair(InetSocketAddress remote) throws SocketErrorException {
        supersede();
        InetSocketAddress wanted = remote == null ? null : checked(remote);
        StreamPair former = null;
        StreamPair next;
        core.lockBoth();
        try {
            ensureBound();
            former = endPair("superseded by a later stream"); // of a call at the same time on another thread
            connect(wanted);
            next = new StreamPair(this, core, peer, network);
            pair = next;
        } finally {
            core.unlockBoth();
            wake(former);
        }
        return next.streams();
    }

    /** A peer's address, complete, if there can be a stream to it. */
    private InetSocketAddress checked(InetSocketAddress remote) throws SocketErrorException {
        require(Addresses.remoteProblem(core.family, remote));
        InetSocketAddress complete = Addresses.onLinkOf(core.bound, remote);
        require(Addresses.peerProblem(complete));
        if (!network.maySendTo(complete) && !network.mayReceiveFrom(complete)) {
            throw new SocketErrorException(
                    ErrorCode.ACCESS_DENIED,
                    "the network allows neither sending to nor receiving from " + Addresses.text(complete));
        }
        return complete;
    }

    /** Every call on a bound socket ends the pair before it, even one that fails (U3). */
    private void supersede() throws SocketErrorException {
        StreamPair former;
        core.lockBoth();
        try {
            ensureBound();
            former = endPair("superseded by a later stream");
        } finally {
            core.unlockBoth();
        }
        wake(former);
    }

    private StreamPair endPair(String reason) {
        StreamPair former = pair;
        pair = null;
        if (former != null) {
            former.end(reason);
        }
        return former;
    }

    private static void wake(StreamPair former) {
        if (former != null) {
            former.wake();
        }
    }

    private void connect(InetSocketAddress remote) throws SocketErrorException {
        peer = null;
        try {
            peerChange.to(remote);
            peer = remote;
        } catch (IOException e) {
            throw SocketErrors.of(Operation.CONNECT, e);
        }
    }

    @Override
    public InetSocketAddress localAddress() throws SocketErrorException {
        ensureBound();
        return core.local;
    }

    @Override
    public InetSocketAddress remoteAddress() throws SocketErrorException {
        core.ensureOpen();
        InetSocketAddress remote = peer;
        if (remote == null) {
            throw invalidState("the socket has no peer: give stream an address");
        }
        return remote;
    }

    @Override
    public IpAddressFamily addressFamily() {
        return core.family;
    }

    @Override
    public int unicastHopLimit() throws SocketErrorException {
        return (int) options.get(TransportOption.UNICAST_HOP_LIMIT);
    }

    @Override
    public void setUnicastHopLimit(int hops) throws SocketErrorException {
        options.setHopLimit(hops);
    }

    @Override
    public long receiveBufferSize() throws SocketErrorException {
        return options.get(TransportOption.RECEIVE_BUFFER_SIZE);
    }

    @Override
    public void setReceiveBufferSize(long bytes) throws SocketErrorException {
        options.setBufferSize(TransportOption.RECEIVE_BUFFER_SIZE, bytes);
    }

    @Override
    public long sendBufferSize() throws SocketErrorException {
        return options.get(TransportOption.SEND_BUFFER_SIZE);
    }

    @Override
    public void setSendBufferSize(long bytes) throws SocketErrorException {
        options.setBufferSize(TransportOption.SEND_BUFFER_SIZE, bytes);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return options.supported();
    }

    @Override
    public <T> T getOption(SocketOption<T> option) throws SocketErrorException {
        return options.get(option);
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) throws SocketErrorException {
        options.set(option, value);
    }

    @Override
    public GroupMembership join(InetAddress group, NetworkInterface networkInterface, InetAddress source)
            throws SocketErrorException {
        Objects.requireNonNull(networkInterface, "networkInterface");
        require(Addresses.groupProblem(core.family, Objects.requireNonNull(group, "group"), source));
        ensureBound();
        requireReceiving(group);
        if (source != null) {
            requireReceiving(source);
        }
        core.lockBoth();
        try {
            ensureBound();
            return core.memberships.join(group, networkInterface, source);
        } finally {
            core.unlockBoth();
        }
    }

    /** A group is a source as far as the network is concerned (O5); it is asked with the socket's own port. */
    private void requireReceiving(InetAddress from) throws SocketErrorException {
        InetSocketAddress address = new InetSocketAddress(from, core.bound.getPort());
        if (!network.mayReceiveFrom(address)) {
            throw new SocketErrorException(
                    ErrorCode.ACCESS_DENIED, "the network does not allow receiving from " + Addresses.text(address));
        }
    }

    @Override
    public Pollable subscribe() {
        return AlwaysReady.INSTANCE;
    }

    @Override
    public SocketStatistics statistics() {
        return core.statistics();
    }

    @Override
    public void close() {
        StreamPair former = null;
        core.lockBoth();
        try {
            former = endPair(StreamState.CLOSED);
            core.close();
        } finally {
            core.unlockBoth();
            onClose.accept(core);
            wake(former);
        }
    }

    @Override
    public String toString() {
        InetSocketAddress local = core.local;
        InetSocketAddress remote = peer;
        return "udp socket " + (local == null ? core.family + ", unbound" : Addresses.text(local))
                + (remote == null ? "" : " <-> " + Addresses.text(remote)) + (core.isClosed() ? " (closed)" : "");
    }

    private void ensureUnbound() throws SocketErrorException {
        core.ensureOpen();
        if (core.local != null) {
            throw invalidState("the socket is bound already, to " + Addresses.text(core.local));
        }
    }

    private void ensureBound() throws SocketErrorException {
        core.ensureOpen();
        if (core.local == null) {
            throw invalidState("the socket isn't bound yet: call bind first");
        }
    }

    /** Throws a problem with an argument, if there is one. */
    static void require(String problem) throws SocketErrorException {
        if (problem != null) {
            throw new SocketErrorException(ErrorCode.INVALID_ARGUMENT, problem);
        }
    }

    private static SocketErrorException invalidState(String message) {
        return new SocketErrorException(ErrorCode.INVALID_STATE, message);
    }
}
