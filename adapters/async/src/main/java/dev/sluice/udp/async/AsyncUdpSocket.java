// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.async;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.Rule;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.SocketStatistics;
import dev.sluice.udp.UdpSocketProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * A UDP socket whose {@code send} and {@code receive} are futures: {@code udp-socket} of {@code wasi:sockets/types} in WASI 0.3
 * ({@link Rule#W1 W1}). Everything else is synchronous and never blocks. It is a socket of any provider, with that one's
 * semantics, errors and options.
 *
 * <p><b>Errors.</b> A future fails with a {@link SocketErrorException}, as synchronous methods throw it; {@link
 * AsyncErrorCode#of(SocketErrorException)} is its code in 0.3. It ends nothing: the next operation starts afresh. An error that
 * {@linkplain SocketErrorException#concernsEarlierDatagram concerns an earlier datagram} fails one send or one receive, whose
 * own datagram was not tried: do it again.
 *
 * <p><b>Threads.</b> All methods are safe from any thread. Sends and receives are carried out on the executor, where their
 * futures are completed, and so what was attached to them without an executor runs there: it should not block. No thread
 * waits for the socket.
 */
public final class AsyncUdpSocket implements AutoCloseable {
    /** How many sends wait at most. One more fails with {@link ErrorCode#OUT_OF_MEMORY}: wait for the futures of some. */
    public static final int MAX_WAITING_SENDS = 1024;

    /** How many bytes the waiting sends hold at most. */
    public static final int MAX_WAITING_BYTES = 4 << 20;

    private final Streams streams;
    private final Sends sends;
    private final Receives receives;

    private AsyncUdpSocket(Streams streams, Executor executor) {
        this.streams = streams;
        sends = new Sends(streams, executor);
        receives = new Receives(streams, executor);
    }

    /**
     * Makes an unbound socket that may use any address, and works on the {@linkplain ForkJoinPool#commonPool common pool}.
     *
     * @param provider whose socket it is
     * @param family of its addresses
     * @return the socket
     * @throws SocketErrorException as {@link UdpSocketProvider#createSocket}
     */
    public static AsyncUdpSocket create(UdpSocketProvider provider, IpAddressFamily family)
            throws SocketErrorException {
        return create(provider, family, Network.unrestricted(), ForkJoinPool.commonPool());
    }

    /**
     * Makes an unbound socket.
     *
     * @param provider whose socket it is
     * @param family of its addresses
     * @param network what it may bind, send to and receive from
     * @param executor where sends and receives are carried out. One that runs tasks at once, on the calling thread, sends each
     *     datagram by itself alone
     * @return the socket
     * @throws SocketErrorException as {@link UdpSocketProvider#createSocket}
     */
    public static AsyncUdpSocket create(
            UdpSocketProvider provider, IpAddressFamily family, Network network, Executor executor)
            throws SocketErrorException {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(executor, "executor");
        return new AsyncUdpSocket(new Streams(provider.createSocket(family), network, anyAddress(family)), executor);
    }

    private static InetSocketAddress anyAddress(IpAddressFamily family) {
        try {
            int bytes = family == IpAddressFamily.IPV6 ? 16 : 4;
            return new InetSocketAddress(InetAddress.getByAddress(new byte[bytes]), 0);
        } catch (UnknownHostException e) {
            throw new AssertionError(e); // both lengths are addresses
        }
    }

    /**
     * Binds the socket.
     *
     * @param local the address; port 0 for one that is free
     * @throws SocketErrorException {@link ErrorCode#INVALID_STATE} if it is bound already, and as {@code UdpSocket.bind}
     */
    public void bind(InetSocketAddress local) throws SocketErrorException {
        streams.bind(local);
    }

    /**
     * Limits the socket to a peer; binds it to a free port if it isn't bound. May be called again for another peer. A send that
     * waits keeps its destination, and fails with {@link ErrorCode#INVALID_ARGUMENT} if that isn't the peer any more.
     *
     * @param remote the peer
     * @throws SocketErrorException as {@code UdpSocket.stream}, and of binding
     */
    public void connect(InetSocketAddress remote) throws SocketErrorException {
        Objects.requireNonNull(remote, "remote");
        try {
            streams.connect(remote);
            receives.keepOnlyOf(remote);
        } finally {
            goOn();
        }
    }

    /**
     * Lifts the limit to a peer.
     *
     * @throws SocketErrorException {@link ErrorCode#INVALID_STATE} if there is none
     */
    public void disconnect() throws SocketErrorException {
        try {
            streams.disconnect();
        } finally {
            goOn();
        }
    }

    private void goOn() {
        sends.schedule();
        receives.schedule();
    }

    /**
     * Sends a datagram, when the kernel has room for it and those before it are sent ({@link Rule#W3 W3}). What has gathered by
     * then leaves together, where it can. Binds the socket to a free port if it isn't bound.
     *
     * <p>To wait for the future before sending more is the backpressure; there is a limit to how many wait: {@link
     * #MAX_WAITING_SENDS}. What was cancelled is not sent; while a system call has it, {@code cancel}
     * answers false.
     *
     * @param data the payload, from position to limit; it is not copied, and must not change until the future has completed
     * @param remote where to; null for the peer
     * @return completes when the kernel has it; fails as {@code OutgoingDatagramStream.send} does
     */
    public CompletableFuture<Void> send(ByteBuffer data, InetSocketAddress remote) {
        ByteBuffer payload = data.slice();
        try {
            streams.bindIfUnbound();
        } catch (SocketErrorException e) {
            return CompletableFuture.failedFuture(e);
        }
        return sends.add(new OutgoingDatagram(payload, remote != null ? remote : streams.peer()));
    }

    /**
     * Receives a datagram. Of several receivers that wait, the first gets the first ({@link Rule#W4 W4}). Cancelling the future
     * loses no datagram.
     *
     * @return completes with a datagram; fails with {@link ErrorCode#INVALID_STATE} if the socket isn't bound, and as {@code
     *     IncomingDatagramStream.receive} does
     */
    public CompletableFuture<IncomingDatagram> receive() {
        return receives.add();
    }

    /**
     * The address the socket is bound to.
     *
     * @return the address, with the actual port
     * @throws SocketErrorException {@link ErrorCode#INVALID_STATE} if it isn't bound
     */
    public InetSocketAddress localAddress() throws SocketErrorException {
        return streams.socket.localAddress();
    }

    /**
     * The peer.
     *
     * @return its address
     * @throws SocketErrorException {@link ErrorCode#INVALID_STATE} if there is none
     */
    public InetSocketAddress remoteAddress() throws SocketErrorException {
        return streams.socket.remoteAddress();
    }

    /**
     * The family given at creation.
     *
     * @return the family
     */
    public IpAddressFamily addressFamily() {
        return streams.socket.addressFamily();
    }

    /**
     * The hop limit of outgoing unicast datagrams.
     *
     * @return 1 to 255
     * @throws SocketErrorException as {@code UdpSocket.unicastHopLimit}
     */
    public int unicastHopLimit() throws SocketErrorException {
        return streams.socket.unicastHopLimit();
    }

    /**
     * Sets the hop limit of outgoing unicast datagrams.
     *
     * @param hops 1 to 255
     * @throws SocketErrorException as {@code UdpSocket.setUnicastHopLimit}
     */
    public void setUnicastHopLimit(int hops) throws SocketErrorException {
        streams.socket.setUnicastHopLimit(hops);
    }

    /**
     * The size of the kernel's receive buffer, in bytes.
     *
     * @return at least 1
     * @throws SocketErrorException if the system refuses
     */
    public long receiveBufferSize() throws SocketErrorException {
        return streams.socket.receiveBufferSize();
    }

    /**
     * Asks for a size of the kernel's receive buffer, which is clamped to what the kernel allows.
     *
     * @param bytes the size, unsigned
     * @throws SocketErrorException {@link ErrorCode#INVALID_ARGUMENT} for 0
     */
    public void setReceiveBufferSize(long bytes) throws SocketErrorException {
        streams.socket.setReceiveBufferSize(bytes);
    }

    /**
     * The size of the kernel's send buffer, in bytes.
     *
     * @return at least 1
     * @throws SocketErrorException if the system refuses
     */
    public long sendBufferSize() throws SocketErrorException {
        return streams.socket.sendBufferSize();
    }

    /**
     * Asks for a size of the kernel's send buffer, which is clamped to what the kernel allows.
     *
     * @param bytes the size, unsigned
     * @throws SocketErrorException {@link ErrorCode#INVALID_ARGUMENT} for 0
     */
    public void setSendBufferSize(long bytes) throws SocketErrorException {
        streams.socket.setSendBufferSize(bytes);
    }

    /**
     * The options that this socket has: those of {@code UdpSocket}.
     *
     * @return an immutable set
     */
    public Set<SocketOption<?>> supportedOptions() {
        return streams.socket.supportedOptions();
    }

    /**
     * The value of an option.
     *
     * @param <T> the type of its value
     * @param option which
     * @return its value
     * @throws SocketErrorException as {@code UdpSocket.getOption}
     */
    public <T> T getOption(SocketOption<T> option) throws SocketErrorException {
        return streams.socket.getOption(option);
    }

    /**
     * Sets an option.
     *
     * @param <T> the type of its value
     * @param option which
     * @param value its value
     * @throws SocketErrorException as {@code UdpSocket.setOption}
     */
    public <T> void setOption(SocketOption<T> option, T value) throws SocketErrorException {
        streams.socket.setOption(option, value);
    }

    /**
     * What has happened on this socket; also after it was closed.
     *
     * @return the ledger
     */
    public SocketStatistics statistics() {
        return streams.socket.statistics();
    }

    /** Closes the socket: idempotent, and never throws. What waits fails with {@link ErrorCode#INVALID_STATE}. */
    @Override
    public void close() {
        streams.socket.close();
        goOn();
    }

    @Override
    public String toString() {
        return "AsyncUdpSocket[" + streams.socket + "]";
    }
}
