// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.Rule;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocketProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.OptionalLong;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One UDP socket of the system, non-blocking: all that a provider has to implement.
 *
 * <p><b>Threads.</b> Calls are serialised: one of {@code send} at a time, one of {@code receive} at a time, possibly both
 * at once; {@code bind}, {@code connect}, {@code get}, {@code set} and {@code close} alone. {@code readiness} and
 * {@code arm} run under the lock of the direction they ask about (both for both). Nothing but {@code close} and
 * {@code wakeup} is called after {@code close}.
 *
 * <p><b>Arguments</b> have been validated: addresses are resolved, of the socket's family, not IPv4-mapped;
 * destinations have an address and a port; sizes fit the protocol.
 *
 * <p><b>What is left.</b> A transport may take more from the system than a {@code receive} asked for, such as a run that
 * UDP_GRO has coalesced. What is left is received next, also after a change of peer, and counts for {@code readiness},
 * {@code arm} and {@code await}. The system wakes nothing for it: a {@code receive} that leaves something calls what is
 * armed and ends an {@code await}.
 *
 * <p><b>Errors</b> are best made by {@link SocketErrors}; any other {@link IOException} becomes
 * {@link dev.sluice.udp.ErrorCode#UNKNOWN} with that exception as its cause.
 */
@ProviderType
public interface DatagramTransport {

    /** The options that every transport has. */
    Set<TransportOption> BUFFER_SIZES = Set.of(TransportOption.RECEIVE_BUFFER_SIZE, TransportOption.SEND_BUFFER_SIZE);

    /** A bit of {@link #readiness} and {@link #arm}: a datagram or an error can be received. */
    int READABLE = 1;

    /** A bit of {@link #readiness} and {@link #arm}: the system reports that it takes datagrams, or an error. */
    int WRITABLE = 2;

    /**
     * Binds. Called until it succeeds once, never again. A failed call leaves the transport unbound.
     *
     * @param local the address, its port possibly 0
     * @return the address with the actual port
     * @throws IOException if it failed
     */
    InetSocketAddress bind(InetSocketAddress local) throws IOException;

    /**
     * Sets or drops the peer. The port stays the same, and so does the address if it is a specific one; what was
     * queued from the new peer before the call is still received; an error left from the old peer is forgotten. After
     * a failure there is no peer.
     *
     * <p>On Linux, connect(2) alone does none of that. Called for a second peer, it keeps the source address that the route
     * to the first one had; so the old peer is dropped first, by connecting to AF_UNSPEC. That also takes back a port
     * which the kernel chose; so port 0 is bound once more, explicitly, when it has been chosen. And an error of the old
     * peer stays pending in SO_ERROR, where the first good send would meet it; so it is read and dropped.
     *
     * @param remote the new peer; null for none
     * @return the local address now
     * @throws IOException if it failed
     */
    InetSocketAddress connect(InetSocketAddress remote) throws IOException;

    /**
     * Says whether this differs from a fresh transport on the same port although it has no peer: because it had one, or
     * was refused one. Then the SPI replaces it by a fresh one, through {@link #moveTo}, as soon as it has no peer.
     *
     * <p>On Linux an IPv6 socket that was connected hears only the address of its last peer, whatever is done to it:
     * connect(2) to AF_UNSPEC leaves that address in place ({@code __udp_disconnect} in net/ipv4/udp.c). And a connect to a
     * link-local address that fails leaves the socket bound to that link ({@code __ip6_datagram_connect} in
     * net/ipv6/datagram.c), while AF_UNSPEC takes a socket that was bound to a link from it.
     *
     * @return whether it does; this default says that dropping the peer leaves nothing behind
     */
    default boolean differsFromFresh() {
        return false;
    }

    /**
     * Binds a fresh transport, which this provider has just opened, to the address and port of this one. Both have them
     * then, until this one is closed. From then on what arrives, arrives at the fresh one; if that can't be, what arrives
     * until this one is closed may be lost. What is queued here is received here. Afterwards this transport is only asked for
     * that, and closed.
     *
     * @param fresh a transport of this provider's, unbound, its options set
     * @param local where this one was bound, with the actual port
     * @throws IOException if it failed; then nothing has changed
     */
    default void moveTo(DatagramTransport fresh, InetSocketAddress local) throws IOException {
        throw new UnsupportedOperationException("differsFromFresh says that there is no need to");
    }

    /**
     * Hands as many datagrams to the system as one system call takes, in order, from the first.
     *
     * <p>If there is a peer, every entry goes to it, whether the entry has the peer's address or null; if there is
     * none, every entry has an address. An entry may have a path, if this has {@link TransportOption#RECEIVE_PATHS}:
     * datagrams whose paths differ never leave as one ({@link Rule#O4 O4}). The batch is only read, and nothing else
     * changes it during the call. An empty datagram is a datagram. How many leave in one system call must not show: the
     * datagrams arrive as if sent one by one ({@link Rule#S6 S6}).
     *
     * @param batch holds the datagrams
     * @param from the first
     * @param to one behind the last, greater than {@code from}
     * @return how many were handed over; 0 if the buffer is full, so that waiting for {@link #WRITABLE} makes sense
     * @throws IOException if the datagram {@code from} failed; then nothing was handed over ({@link Rule#S7 S7}). An
     *     error that was pending from an earlier datagram is reported, never retried ({@link Rule#S8 S8})
     */
    int send(DatagramBatch batch, int from, int to) throws IOException;

    /**
     * Appends what has arrived to a batch, each with its source and, where {@link TransportOption#RECEIVE_PATHS} is set,
     * its path, as long as the batch has room for a datagram of the largest size: never truncates. May deliver what isn't the peer's; the caller filters. The batch may be the
     * application's, and another thread may misuse it: what is handed to native code is bounded by the memory's capacity.
     *
     * @param into where to append
     * @param max how many at most, at least 1
     * @return how many were appended: fewer than {@code max} and than there is room for if no more are there, so that
     *     asking again at once makes no sense
     * @throws IOException an error; what was appended before it stays
     */
    int receive(DatagramBatch into, int max) throws IOException;

    /**
     * Asks the system what is ready now, without blocking. A pending error counts as both. Where asking consumes it, it is
     * thrown: the SPI keeps it, wakes those that wait, and throws it from the next {@code send} or {@code receive}.
     *
     * @param interest {@link #READABLE}, {@link #WRITABLE} or both
     * @return those of them that are ready
     * @throws IOException a pending error, which the system has forgotten by answering
     */
    int readiness(int interest) throws IOException;

    /**
     * Calls {@code ready} once, soon after the interest is ready: level-triggered, so at once if it is ready already,
     * though never from inside this call. A pending error counts. A later call for the same interest replaces the
     * callback. After {@link #close} it isn't called any more. {@link EventRegistration} does all of that.
     *
     * @param interest {@link #READABLE} or {@link #WRITABLE}
     * @param ready what to call, on the provider's waiting thread; it doesn't block and doesn't throw. It may arm again,
     *     and run the application's own actions, which may close the socket: so it is called while no lock is held that
     *     another method of the transport takes
     * @throws IOException if the system can't wait for it now, such as for want of a thread or a descriptor; nothing has
     *     changed then, and a later call tries again
     */
    void arm(int interest, Runnable ready) throws IOException;

    /**
     * Waits on the calling thread until the interest is ready, without the hand-over between threads that {@link #arm}
     * costs ({@link Rule#P6 P6}). Called under no lock, so that {@code send}, {@code receive}, {@code arm} and
     * {@code close} may come meanwhile; never twice at the same time for one interest, and only on platform threads.
     *
     * <p>It ends early when {@link #wakeup} is called for the interest, before or during the wait; when the transport
     * is closed, which must not free the descriptor before this has left it; and when the thread is interrupted, whose
     * status stays set. It may end early for no reason. It consumes nothing, no pending error either.
     *
     * @param interest {@link #READABLE} or {@link #WRITABLE}
     * @param nanos how long at most, more than 0
     * @return false if this transport can't wait for it now, as this default never can: then {@link #arm} is used
     */
    default boolean await(int interest, long nanos) {
        return false;
    }

    /**
     * Ends an {@link #await} for the interest that is running, or else makes the next one return at once.
     *
     * @param interest {@link #READABLE} or {@link #WRITABLE}
     */
    default void wakeup(int interest) {}

    /**
     * The options that {@link #get} and {@link #set} know. Any other answers
     * {@link dev.sluice.udp.ErrorCode#NOT_SUPPORTED}, here or in the SPI.
     *
     * @return an immutable set, always the same; this default has the sizes of the buffers
     */
    default Set<TransportOption> supportedOptions() {
        return BUFFER_SIZES;
    }

    /**
     * Joins a multicast group ({@link Rule#O2 O2}). The transport is bound, and hasn't joined this before; the arguments
     * have been validated.
     *
     * @param group the group
     * @param networkInterface where
     * @param source the one source that is to be heard; null for any
     * @throws IOException if it failed; nothing has changed then. This default is not-supported
     */
    default void join(InetAddress group, NetworkInterface networkInterface, InetAddress source) throws IOException {
        throw new SocketErrorException(ErrorCode.NOT_SUPPORTED, "this provider has no multicast");
    }

    /**
     * Leaves a group that was joined with the same arguments.
     *
     * @param group the group
     * @param networkInterface where
     * @param source the one source; null for any
     * @throws IOException if it failed
     */
    default void leave(InetAddress group, NetworkInterface networkInterface, InetAddress source) throws IOException {
        throw new UnsupportedOperationException("nothing has been joined");
    }

    /**
     * Reads an option.
     *
     * @param option which
     * @return its value
     * @throws IOException {@link dev.sluice.udp.ErrorCode#NOT_SUPPORTED} if the transport lacks it
     */
    long get(TransportOption option) throws IOException;

    /**
     * Sets an option. A buffer size outside of what the system allows is clamped.
     *
     * @param option which
     * @param value as {@link TransportOption} says, 1 to {@link Integer#MAX_VALUE} for a buffer
     * @throws IOException {@link dev.sluice.udp.ErrorCode#NOT_SUPPORTED} if the transport lacks it
     */
    void set(TransportOption option, long value) throws IOException;

    /**
     * What the kernel has dropped because the receive buffer was full ({@link Rule#K2 K2}). Called under the receive lock.
     *
     * @return the number in the kernel's own count; empty where the system doesn't tell, as this default says
     */
    default OptionalLong droppedByKernel() {
        return OptionalLong.empty();
    }

    /**
     * Closes. Idempotent; the port is free on return. May be called on the waiting thread, from a callback of
     * {@link #arm}: it must not wait for that thread then.
     *
     * @see UdpSocketProvider
     */
    void close();
}
