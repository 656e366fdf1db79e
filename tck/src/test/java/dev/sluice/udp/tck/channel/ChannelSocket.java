// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.channel;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.GroupMembership;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.SocketStatistics;
import dev.sluice.udp.UdpSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The states of a socket (U1 to U7): unbound, bound, streaming, closed. */
final class ChannelSocket implements UdpSocket {
    /** Guards every use of the channel, and the state. Foreign code never runs under it (U8). */
    final ReentrantLock lock = new ReentrantLock();

    final Counters counters = new Counters();
    final IpAddressFamily family;
    final PeerChannel channel;

    private final SelectorLoop loop;
    private final Consumer<ChannelSocket> onClose;
    private final CallbackPollable always = new CallbackPollable(() -> true, () -> false, () -> {}, this::later);
    private boolean closed;
    private Network network;
    private InetSocketAddress local;
    private InetSocketAddress peer;
    private volatile ChannelStreams streams;

    ChannelSocket(DatagramChannel open, IpAddressFamily family, SelectorLoop loop, Consumer<ChannelSocket> onClose) {
        this.family = family;
        this.loop = loop;
        this.onClose = onClose;
        this.channel = new PeerChannel(open, family, this::checkWaitersSoon);
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    private <T> T locked(Call<T> call) throws SocketErrorException {
        lock.lock();
        try {
            if (closed) {
                throw new SocketErrorException(ErrorCode.INVALID_STATE, "the socket is closed");
            }
            return call.run();
        } catch (SocketErrorException e) {
            throw e;
        } catch (IOException e) {
            throw ChannelErrors.withTrace(e);
        } finally {
            lock.unlock();
        }
    }

    private static void require(boolean condition, ErrorCode code, String otherwise) throws SocketErrorException {
        if (!condition) {
            throw new SocketErrorException(code, otherwise);
        }
    }

    @Override
    public void bind(Network wanted, InetSocketAddress address) throws SocketErrorException {
        Objects.requireNonNull(wanted, "network");
        String problem = Destinations.localProblem(family, address);
        locked(() -> requireUnbound(problem));
        require(wanted.mayBind(address), ErrorCode.ACCESS_DENIED, "the network does not allow binding to " + address);
        locked(() -> {
            requireUnbound(null);
            local = channel.bind(address);
            network = wanted;
            return null;
        });
    }

    private Void requireUnbound(String problem) throws SocketErrorException {
        require(problem == null, ErrorCode.INVALID_ARGUMENT, problem);
        require(local == null, ErrorCode.INVALID_STATE, "the socket is bound already");
        return null;
    }

    @Override
    public DatagramStreams stream(InetSocketAddress remote) throws SocketErrorException {
        wake(locked(this::endStreams));
        if (remote != null) {
            String problem = Destinations.remoteProblem(family, remote);
            require(problem == null, ErrorCode.INVALID_ARGUMENT, problem);
            require(
                    network.maySendTo(remote) || network.mayReceiveFrom(remote),
                    ErrorCode.ACCESS_DENIED,
                    "the network allows neither sending to nor receiving from " + remote);
        }
        ChannelStreams next = new ChannelStreams(this, remote, network);
        wake(locked(() -> {
            ChannelStreams former = endStreams(); // of another thread's call meanwhile
            peer = null;
            channel.setPeer(remote);
            peer = remote;
            streams = next;
            return former;
        }));
        return next.pair();
    }

    private ChannelStreams endStreams() throws SocketErrorException {
        require(local != null, ErrorCode.INVALID_STATE, "the socket is not bound");
        ChannelStreams former = streams;
        streams = null;
        if (former != null) {
            former.end("a later stream has superseded this one");
        }
        return former;
    }

    private static void wake(ChannelStreams former) {
        if (former != null) {
            former.wake();
        }
    }

    /** Has the waiters looked after once the channel is ready for an operation. */
    void watch(int operation) {
        lock.lock();
        try {
            if (!closed) {
                loop.watch(this, channel.channel, operation);
            }
        } finally {
            lock.unlock();
        }
    }

    private void checkWaitersSoon() {
        ChannelStreams current = streams;
        if (current != null && current.hasWaiters()) {
            loop.post(this);
        }
    }

    /** Runs a task on the provider's thread, soon. */
    void later(Runnable task) {
        loop.execute(task);
    }

    /** On the loop's thread: something has changed. */
    void checkWaiters() {
        ChannelStreams current = streams;
        if (current != null) {
            current.checkWaiters();
        }
    }

    @Override
    public InetSocketAddress localAddress() throws SocketErrorException {
        return locked(() -> {
            require(local != null, ErrorCode.INVALID_STATE, "the socket is not bound");
            return local;
        });
    }

    @Override
    public InetSocketAddress remoteAddress() throws SocketErrorException {
        return locked(() -> {
            require(peer != null, ErrorCode.INVALID_STATE, "the socket has no peer");
            return peer;
        });
    }

    @Override
    public IpAddressFamily addressFamily() {
        return family;
    }

    @Override
    public int unicastHopLimit() throws SocketErrorException {
        return locked(() -> {
            throw new SocketErrorException(ErrorCode.NOT_SUPPORTED, "DatagramChannel has no hop limit");
        });
    }

    @Override
    public void setUnicastHopLimit(int hops) throws SocketErrorException {
        locked(() -> {
            require(hops >= 1 && hops <= 255, ErrorCode.INVALID_ARGUMENT, "a hop limit of " + hops);
            throw new SocketErrorException(ErrorCode.NOT_SUPPORTED, "DatagramChannel has no hop limit");
        });
    }

    @Override
    public long receiveBufferSize() throws SocketErrorException {
        return locked(() -> channel.channel.getOption(StandardSocketOptions.SO_RCVBUF));
    }

    @Override
    public void setReceiveBufferSize(long bytes) throws SocketErrorException {
        setBufferSize(StandardSocketOptions.SO_RCVBUF, bytes);
    }

    @Override
    public long sendBufferSize() throws SocketErrorException {
        return locked(() -> channel.channel.getOption(StandardSocketOptions.SO_SNDBUF));
    }

    @Override
    public void setSendBufferSize(long bytes) throws SocketErrorException {
        setBufferSize(StandardSocketOptions.SO_SNDBUF, bytes);
    }

    private void setBufferSize(SocketOption<Integer> option, long bytes) throws SocketErrorException {
        locked(() -> {
            require(bytes != 0, ErrorCode.INVALID_ARGUMENT, "a buffer of 0 bytes");
            boolean fits = bytes > 0 && bytes < Integer.MAX_VALUE;
            return channel.channel.setOption(option, fits ? (int) bytes : Integer.MAX_VALUE);
        });
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of(StandardSocketOptions.SO_RCVBUF, StandardSocketOptions.SO_SNDBUF);
    }

    @Override
    public <T> T getOption(SocketOption<T> option) throws SocketErrorException {
        return locked(() -> {
            require(supportedOptions().contains(option), ErrorCode.NOT_SUPPORTED, "no option " + option);
            return channel.channel.getOption(option);
        });
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) throws SocketErrorException {
        locked(() -> {
            require(supportedOptions().contains(option), ErrorCode.NOT_SUPPORTED, "no option " + option);
            require((Integer) value > 0, ErrorCode.INVALID_ARGUMENT, option + " of " + value);
            return channel.channel.setOption(option, value);
        });
    }

    @Override
    public GroupMembership join(InetAddress group, NetworkInterface networkInterface, InetAddress source)
            throws SocketErrorException {
        return locked(() -> {
            require(group.isMulticastAddress(), ErrorCode.INVALID_ARGUMENT, group + " is no group");
            require(local != null, ErrorCode.INVALID_STATE, "the socket is not bound");
            throw new SocketErrorException(ErrorCode.NOT_SUPPORTED, "no multicast");
        });
    }

    @Override
    public Pollable subscribe() {
        return always;
    }

    @Override
    public SocketStatistics statistics() {
        return counters.read();
    }

    @Override
    public void close() {
        ChannelStreams former;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            former = streams;
            if (former != null) {
                former.end("the socket is closed");
            }
            channel.close();
        } finally {
            lock.unlock();
        }
        loop.release(channel.channel);
        onClose.accept(this);
        wake(former);
    }
}
