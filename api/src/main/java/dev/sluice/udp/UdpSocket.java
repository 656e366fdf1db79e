// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A UDP socket: {@code udp-socket} of {@code wasi:sockets/udp}. It is first unbound, then bound, then streaming, with or
 * without a peer, and at last closed.
 *
 * <p>The code that made it closes it. One that is dropped without that is closed when it is collected ({@link Rule#U7 U7}): when nothing holds it, its
 * streams, their pollables or a registration, and no action waits for it.
 *
 * <p>No method blocks. All are safe to call from any thread. On a closed socket every method but {@code close},
 * {@code subscribe}, {@code addressFamily} and {@code statistics} answers {@link ErrorCode#INVALID_STATE}.
 */
@ProviderType
public interface UdpSocket extends AutoCloseable {

    /**
     * Binds to a local address, with the {@linkplain Network#unrestricted() unrestricted} network ({@link Rule#U2 U2}), unless
     * the provider is configured to use another one for sockets that are bound without.
     *
     * @param local the address; port 0 picks a free port, {@code 0.0.0.0} or {@code ::} every interface
     * @throws SocketErrorException as {@link #bind(Network, InetSocketAddress)}
     */
    default void bind(InetSocketAddress local) throws SocketErrorException {
        bind(Network.unrestricted(), local);
    }

    /**
     * Binds to a local address. The network stays the socket's, and is asked for what it sends and receives
     * ({@link Rule#N1 N1}, {@link Rule#N2 N2}).
     *
     * @param network what the socket may do
     * @param local the address; port 0 picks a free port, {@code 0.0.0.0} or {@code ::} every interface
     * @throws SocketErrorException {@link ErrorCode#INVALID_ARGUMENT} if the address is of the wrong family or
     *     unresolved, {@link ErrorCode#INVALID_STATE} if the socket is bound already, {@link ErrorCode#ACCESS_DENIED}
     *     if the network or the system refuses, {@link ErrorCode#ADDRESS_IN_USE},
     *     {@link ErrorCode#ADDRESS_NOT_BINDABLE}
     */
    void bind(Network network, InetSocketAddress local) throws SocketErrorException;

    /**
     * Makes the pair of streams, with a peer or without ({@link Rule#U3 U3}, {@link Rule#U4 U4}).
     *
     * <p>It may be called again, to change the peer or to drop it; the socket stays bound to its port. Every call on a
     * bound socket, a failed one too, supersedes the pair before. A call refused by validation or by the network
     * changes nothing else; one that failed in the kernel leaves the socket without a peer.
     *
     * @param remote the peer: the only address the pair sends to and receives from; null for none
     * @return the new pair
     * @throws SocketErrorException {@link ErrorCode#INVALID_STATE} if the socket isn't bound,
     *     {@link ErrorCode#INVALID_ARGUMENT} if the address can't be a peer ({@link Rule#E1 E1} to {@link Rule#E3 E3}),
     *     {@link ErrorCode#ACCESS_DENIED} if the network allows neither to send to it nor to receive from it,
     *     {@link ErrorCode#REMOTE_UNREACHABLE} if the system knows no way to it
     */
    DatagramStreams stream(InetSocketAddress remote) throws SocketErrorException;

    /**
     * Makes a pair of streams without a peer: {@code stream(null)}.
     *
     * @return the new pair
     * @throws SocketErrorException {@link ErrorCode#INVALID_STATE} if the socket isn't bound
     */
    default DatagramStreams stream() throws SocketErrorException {
        return stream(null);
    }

    /**
     * The address the socket is bound to ({@link Rule#U5 U5}).
     *
     * @return the address, with the actual port
     * @throws SocketErrorException {@link ErrorCode#INVALID_STATE} if it isn't bound
     */
    InetSocketAddress localAddress() throws SocketErrorException;

    /**
     * The peer ({@link Rule#U5 U5}).
     *
     * @return the peer's address
     * @throws SocketErrorException {@link ErrorCode#INVALID_STATE} if there is none
     */
    InetSocketAddress remoteAddress() throws SocketErrorException;

    /**
     * The family given at creation.
     *
     * @return the family
     */
    IpAddressFamily addressFamily();

    /**
     * The hop limit (time to live) of outgoing unicast datagrams ({@link Rule#U6 U6}).
     *
     * @return 1 to 255
     * @throws SocketErrorException {@link ErrorCode#NOT_SUPPORTED} where the provider lacks
     *     {@link ProviderCapability#UNICAST_HOP_LIMIT}
     */
    int unicastHopLimit() throws SocketErrorException;

    /**
     * Sets the hop limit of outgoing unicast datagrams ({@link Rule#U6 U6}).
     *
     * @param hops 1 to 255
     * @throws SocketErrorException {@link ErrorCode#INVALID_ARGUMENT} outside of 1 to 255, or as above
     */
    void setUnicastHopLimit(int hops) throws SocketErrorException;

    /**
     * The size of the kernel's receive buffer, in bytes as they were asked for ({@link Rule#U6 U6}).
     *
     * @return at least 1
     * @throws SocketErrorException if the system refuses
     */
    long receiveBufferSize() throws SocketErrorException;

    /**
     * Asks for a size of the kernel's receive buffer. Too large or too small a value is clamped to what the kernel
     * allows; one within its limits reads back as itself ({@link Rule#U6 U6}).
     *
     * @param bytes the size; a negative number is an unsigned one above 2<sup>63</sup>
     * @throws SocketErrorException {@link ErrorCode#INVALID_ARGUMENT} for 0
     */
    void setReceiveBufferSize(long bytes) throws SocketErrorException;

    /**
     * The size of the kernel's send buffer, in bytes as they were asked for ({@link Rule#U6 U6}).
     *
     * @return at least 1
     * @throws SocketErrorException if the system refuses
     */
    long sendBufferSize() throws SocketErrorException;

    /**
     * Asks for a size of the kernel's send buffer, as {@link #setReceiveBufferSize} does for the other.
     *
     * @param bytes the size; a negative number is an unsigned one above 2<sup>63</sup>
     * @throws SocketErrorException {@link ErrorCode#INVALID_ARGUMENT} for 0
     */
    void setSendBufferSize(long bytes) throws SocketErrorException;

    /**
     * The options that this socket has ({@link Rule#O1 O1}); it depends on the provider, the family, and what the system can.
     *
     * @return an immutable set: of {@link java.net.StandardSocketOptions}, and of {@link UdpSocketOptions}
     */
    Set<SocketOption<?>> supportedOptions();

    /**
     * The value of an option ({@link Rule#O1 O1}).
     *
     * @param <T> the type of its value
     * @param option which
     * @return its value; null for {@link java.net.StandardSocketOptions#IP_MULTICAST_IF} if none was set
     * @throws SocketErrorException {@link ErrorCode#NOT_SUPPORTED} if it isn't one of the {@link #supportedOptions}
     */
    <T> T getOption(SocketOption<T> option) throws SocketErrorException;

    /**
     * Sets an option ({@link Rule#O1 O1}). It holds for the socket, whatever its state and peer, until it is set anew;
     * {@link java.net.StandardSocketOptions#SO_REUSEADDR} and {@link java.net.StandardSocketOptions#SO_REUSEPORT} matter only
     * before {@code bind}.
     *
     * <p>{@link java.net.StandardSocketOptions#IP_TOS} is the traffic class where the family is IPv6, and the
     * {@code IP_MULTICAST_} options are those of IPv6 there.
     *
     * @param <T> the type of its value
     * @param option which
     * @param value its value
     * @throws SocketErrorException {@link ErrorCode#NOT_SUPPORTED} if it isn't one of the {@link #supportedOptions},
     *     {@link ErrorCode#INVALID_ARGUMENT} if the value is outside of what the option can be
     */
    <T> void setOption(SocketOption<T> option, T value) throws SocketErrorException;

    /**
     * Joins a multicast group: what any host sends to it, and to the socket's port, arrives ({@link Rule#O2 O2}). The socket
     * has to be bound to {@code 0.0.0.0} or {@code ::}, or to the group itself, to receive it.
     *
     * @param group a multicast address of the socket's family
     * @param networkInterface where to hear it
     * @return the membership, which {@link #close} ends, too
     * @throws SocketErrorException as {@link #join(InetAddress, NetworkInterface, InetAddress)}
     */
    default GroupMembership join(InetAddress group, NetworkInterface networkInterface) throws SocketErrorException {
        return join(group, networkInterface, null);
    }

    /**
     * Joins a multicast group for what one source sends to it (source-specific multicast, RFC 4607; {@link Rule#O2 O2}).
     * It may be called again for further sources.
     *
     * <p>A socket receives of groups only what it joined itself, where the provider has
     * {@link ProviderCapability#OWN_GROUPS_ONLY}.
     *
     * @param group a multicast address of the socket's family
     * @param networkInterface where to hear it
     * @param source the one source to hear; null for any
     * @return the membership, which {@link #close} ends, too
     * @throws SocketErrorException {@link ErrorCode#INVALID_STATE} if the socket isn't bound, or has joined the group there
     *     already, for the same source or in the other way; {@link ErrorCode#INVALID_ARGUMENT} if the group isn't a multicast
     *     address, the source is one, or one of them is of the wrong family; {@link ErrorCode#ACCESS_DENIED} if the network
     *     doesn't allow to receive from the group or the source ({@link Rule#O5 O5}); {@link ErrorCode#NOT_SUPPORTED} if the
     *     provider lacks {@link ProviderCapability#MULTICAST}; and whatever the system answers
     */
    GroupMembership join(InetAddress group, NetworkInterface networkInterface, InetAddress source)
            throws SocketErrorException;

    /**
     * The socket's own pollable, for the operations that WASI allows to take time. None does here: it is always ready.
     *
     * @return always the same object
     */
    Pollable subscribe();

    /**
     * What has happened on this socket since it was created; also after it was closed. Where the kernel tells its drops
     * ({@link Rule#K2 K2}), asking is a system call.
     *
     * @return the ledger; each of its two sums is exact ({@link Rule#K1 K1})
     */
    SocketStatistics statistics();

    /**
     * Closes the socket ({@link Rule#U7 U7}): idempotent; the port is free on return; both streams end, their pollables
     * become ready and threads that wait for them return. Safe while other threads send, receive or wait. Never throws.
     */
    @Override
    void close();
}
