// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Sends datagrams without blocking, through an explicit gate: {@code outgoing-datagram-stream} of
 * {@code wasi:sockets/udp}.
 *
 * <p>Each {@code send} needs a permit, which {@link #checkSend} gives:
 *
 * <pre>{@code
 * while (!pending.isEmpty()) {
 *     int permitted = out.checkSend();
 *     if (permitted == 0) {
 *         out.subscribe().block();
 *         continue;
 *     }
 *     int done;
 *     try {
 *         done = out.send(pending.subList(0, Math.min(permitted, pending.size())));
 *     } catch (SocketErrorException e) {
 *         if (e.errorCode() == ErrorCode.INVALID_STATE) {
 *             throw e; // the stream has ended
 *         }
 *         done = e.concernsEarlierDatagram() ? 0 : 1; // send the same again, or leave out the one that failed
 *     }
 *     pending = pending.subList(done, pending.size());
 * }
 * }</pre>
 *
 * <p><b>The gate.</b> It is open at first, closes when a {@code send} meets a full buffer, and opens again when the
 * kernel reports the socket writable, or an error. {@code checkSend} and the pollable read the same gate
 * ({@link Rule#C2 C2}).
 *
 * <p><b>Threads.</b> One sending thread at a time: {@code checkSend} and {@code send} belong together. Two threads that
 * share a stream by mistake trap or wait for each other; no datagram is damaged, lost or doubled ({@link Rule#S9 S9}).
 * Receiving, and closing the socket, may happen on other threads meanwhile.
 *
 * <p><b>Errors.</b> An error of {@code send} is that of the first datagram it was given, or, on a stream with a peer, that
 * of an earlier one, which came back after that one had left ({@link Rule#S8 S8}).
 * {@link SocketErrorException#concernsEarlierDatagram()} says which. In either case that first datagram was not sent: in the
 * second one nothing speaks against it, so sending it again loses nothing. An error of an earlier datagram is reported once.
 * When the stream has been superseded or its socket is closed, every method but {@code subscribe} answers
 * {@link ErrorCode#INVALID_STATE}.
 */
@ProviderType
public interface OutgoingDatagramStream {

    /**
     * The most that {@link #checkSend} answers. The number bounds the work of one {@code send}; whether the kernel takes
     * datagrams at all is decided by the gate. One {@code send} may take several system calls.
     */
    int MAX_PERMIT = 1024;

    /**
     * Says how many datagrams the next {@code send} may carry, and permits that many ({@link Rule#C1 C1} to
     * {@link Rule#C4 C4}).
     *
     * <p>Never blocks, and makes no system call while the gate is open. The answer replaces an earlier permit. After 0,
     * wait for {@link #subscribe()}.
     *
     * @return 0 while the gate is closed; else 1 to {@link #MAX_PERMIT}
     * @throws SocketErrorException {@link ErrorCode#INVALID_STATE} if the stream has ended. An error of the path or the
     *     peer is not thrown here, but by the next {@code send} or {@code receive}
     */
    int checkSend() throws SocketErrorException;

    /**
     * Sends the datagrams in order, without blocking, until the end of the list or the first error ({@link Rule#S1 S1}
     * to {@link Rule#S9 S9}).
     *
     * <p>What the result counts has been handed to the kernel exactly once; the rest was not transmitted and is the
     * caller's to send again. If at least one was sent, the count is returned, and an error of a later one shows itself
     * on the next call. Runs of the same size and destination may leave in one system call, which makes no difference
     * to the caller ({@link Rule#S6 S6}).
     *
     * <p>The list and its buffers are only read, and only during the call; positions and limits stay. An empty list
     * returns 0 and neither needs nor spends a permit; any other call spends it.
     *
     * @param datagrams what to send, at most as many as {@link #checkSend} permitted
     * @return how many were sent; 0 if the buffer was full at once
     * @throws SendNotPermittedException if the permit is missing or too small; nothing was sent
     * @throws NullPointerException if the list or one of its elements is null; nothing was sent
     * @throws SocketErrorException if the first datagram failed: {@link ErrorCode#INVALID_ARGUMENT} for its address
     *     ({@link Rule#E1 E1} to {@link Rule#E5 E5}), {@link ErrorCode#DATAGRAM_TOO_LARGE} ({@link Rule#E6 E6}),
     *     {@link ErrorCode#REMOTE_UNREACHABLE} ({@link Rule#E7 E7}), {@link ErrorCode#CONNECTION_REFUSED}
     *     ({@link Rule#E8 E8}), {@link ErrorCode#ACCESS_DENIED} by the system ({@link Rule#E9 E9}) or the
     *     {@link Network} ({@link Rule#N1 N1}), and whatever else the system may answer ({@link Rule#E9 E9}); or if an
     *     error of the path or the peer was pending, which an earlier datagram caused
     *     ({@link SocketErrorException#concernsEarlierDatagram()}): the first datagram was not tried then
     */
    int send(List<OutgoingDatagram> datagrams) throws SocketErrorException;

    /**
     * Sends the datagrams {@code from} (inclusive) to {@code to} (exclusive) of a batch: like {@link #send(List)}, and
     * without a copy or an allocation. The batch is unchanged, so an unsent rest is sent by calling again with a larger
     * {@code from}.
     *
     * @param batch whose datagrams to send; no other thread may use it during the call
     * @param from the first
     * @param to one behind the last; {@code to - from} counts against the permit, and 0 returns 0
     * @return how many were sent
     * @throws SendNotPermittedException as above
     * @throws IndexOutOfBoundsException if the range isn't inside the batch; nothing was sent, no permit spent
     * @throws SocketErrorException as above
     */
    int send(DatagramBatch batch, int from, int to) throws SocketErrorException;

    /**
     * Sends one datagram if the kernel takes it now: {@code checkSend} and {@code send} of one, in one step
     * ({@link Rule#J1 J1}).
     *
     * <p>Never waits, and is good from any number of threads at once, without a lock of theirs: it neither needs, grants nor
     * spends a permit, so it may run beside a thread that uses {@link #checkSend} and {@link #send}. It allocates nothing that
     * {@code send} of one wouldn't.
     *
     * @param datagram what to send; only read, and only during the call
     * @return true if it was sent; false if the gate is closed, or the buffer was full: it was not transmitted then
     * @throws SocketErrorException as {@link #send(List)}. If the error {@linkplain
     *     SocketErrorException#concernsEarlierDatagram() concerns an earlier datagram}, this one was not tried: calling again
     *     sends it
     */
    boolean trySend(OutgoingDatagram datagram) throws SocketErrorException;

    /**
     * Sends a whole list, and waits where the gate is closed: {@code checkSend}, {@code send} and {@code subscribe().block}
     * in a loop ({@link Rule#J2 J2}).
     *
     * <p>Blocks up to the time given, on virtual threads without their carrier. Of permits it is as free as {@link #trySend};
     * lists of several threads are sent in parts that may alternate. The list is read once, at the beginning; its buffers
     * during the call.
     *
     * @param datagrams what to send, as many as you like
     * @param timeout how long to wait at most, in all; zero or less never waits
     * @return how many were sent, from the first: all of them, or fewer if the time was over or an error came. The error is
     *     met by the next call, as after {@code send}
     * @throws NullPointerException if the list or one of its elements is null; nothing was sent
     * @throws InterruptedException if the thread is interrupted where it would wait and nothing was sent yet; if something
     *     was, the count is returned and the thread's status stays set
     * @throws SocketErrorException if nothing was sent, as {@link #send(List)}
     */
    int sendAll(List<OutgoingDatagram> datagrams, Duration timeout) throws SocketErrorException, InterruptedException;

    /**
     * What to wait on after {@link #checkSend} answered 0: ready when it would answer at least 1, or throw.
     *
     * @return always the same object
     */
    Pollable subscribe();
}
