package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.UdpSocketProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One UDP socket of the system, non-blocking: all that a provider has to implement.
 *
 * <p><b>Threads.</b> Calls are serialised: one of {@code send} at a time, one of {@code receive} at a time, possibly both
 * at once; {@code bind}, {@code connect}, {@code get}, {@code set} and {@code close} alone. {@code readiness} and
 * {@code arm} run under the lock of the direction they ask about (both for both). Nothing but {@code close} is called
 * after {@code close}.
 *
 * <p><b>Arguments</b> have been validated: addresses are resolved, of the socket's family, not IPv4 in disguise;
 * destinations have an address and a port; sizes fit the protocol.
 *
 * <p><b>Errors</b> are best made by {@link SocketErrors}; any other {@link IOException} becomes
 * {@link dev.sluice.udp.ErrorCode#UNKNOWN} with that exception as its cause.
 */
@ProviderType
public interface DatagramTransport {

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
     * @param remote the new peer; null for none
     * @return the local address now
     * @throws IOException if it failed
     */
    InetSocketAddress connect(InetSocketAddress remote) throws IOException;

    /**
     * Makes one trip: hands as many datagrams to the system as one call takes, in order, from the first.
     *
     * <p>An entry without an address goes to the peer; one with an address that there is a peer for has the peer's.
     * The batch is only read. An empty datagram is a datagram. The trip must be invisible: the datagrams arrive as if
     * sent one by one (S6).
     *
     * @param batch holds the datagrams
     * @param from the first
     * @param to one behind the last, greater than {@code from}
     * @return how many were handed over; 0 if the buffer is full, so that waiting for {@link #WRITABLE} makes sense
     * @throws IOException if the datagram {@code from} failed; then nothing was handed over (S7). An error that was
     *     pending from an earlier datagram is reported, never retried (S8)
     */
    int send(DatagramBatch batch, int from, int to) throws IOException;

    /**
     * Appends what has arrived to a batch, each with its source, as long as the batch has room for a datagram of the
     * largest size: never truncates. May deliver what isn't the peer's; the caller filters.
     *
     * @param into where to append
     * @param max how many at most, at least 1
     * @return how many were appended: fewer than {@code max} and than there is room for if no more are there, so that
     *     asking again at once makes no sense
     * @throws IOException an error; what was appended before it stays
     */
    int receive(DatagramBatch into, int max) throws IOException;

    /**
     * Asks the system what is ready now, without blocking. Where asking consumes a pending error, the transport keeps
     * it, counts it as both, and throws it from the next {@code send} or {@code receive}.
     *
     * @param interest {@link #READABLE}, {@link #WRITABLE} or both
     * @return those of them that are ready
     */
    int readiness(int interest);

    /**
     * Calls {@code ready} once, soon after the interest is ready: level-triggered, so at once if it is ready already,
     * though never from inside this call. A pending error counts. A later call for the same interest replaces the
     * callback. After {@link #close} it isn't called any more.
     *
     * @param interest {@link #READABLE} or {@link #WRITABLE}
     * @param ready what to call, on the provider's waiting thread; it doesn't block and doesn't throw. It may arm again,
     *     and run the application's own actions, which may close the socket: so it is called while no lock is held that
     *     another method of the transport takes
     */
    void arm(int interest, Runnable ready);

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
     * @param value 1 to 255 for the hop limit, 1 to {@link Integer#MAX_VALUE} for a buffer
     * @throws IOException {@link dev.sluice.udp.ErrorCode#NOT_SUPPORTED} if the transport lacks it
     */
    void set(TransportOption option, long value) throws IOException;

    /**
     * Closes. Idempotent; the port is free on return. May be called on the waiting thread, from a callback of
     * {@link #arm}: it must not wait for that thread then.
     *
     * @see UdpSocketProvider
     */
    void close();
}
