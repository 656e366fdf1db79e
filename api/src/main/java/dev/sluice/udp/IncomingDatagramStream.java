// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Receives datagrams without blocking: {@code incoming-datagram-stream} of {@code wasi:sockets/udp}.
 *
 * <p>A stream with a peer delivers only that peer's datagrams ({@link Rule#U4 U4}). What the socket's {@link Network}
 * does not allow as a source is dropped silently, and counted in {@link UdpSocket#statistics} ({@link Rule#R4 R4}).
 *
 * <p><b>Threads.</b> Several threads may receive; each datagram reaches one of them. Sending and closing may happen
 * meanwhile.
 *
 * <p><b>Errors.</b> When the stream has been superseded or its socket is closed, every method but {@code subscribe}
 * answers {@link ErrorCode#INVALID_STATE}.
 */
@ProviderType
public interface IncomingDatagramStream {

    /** The most datagrams that one {@link #receive(int)} returns, so that under a flood it ends, and its list has a bound. */
    int MAX_RECEIVE = 16_384;

    /**
     * Takes up to {@code max} datagrams that have arrived, without blocking ({@link Rule#R1 R1} to {@link Rule#R4 R4}).
     *
     * @param max how many at most; more than {@link #MAX_RECEIVE} means that many
     * @return the datagrams, in order of arrival; empty if {@code max} is 0 or nothing is there
     * @throws IllegalArgumentException if {@code max} is negative
     * @throws SocketErrorException an error of the path or the peer that was pending, once; never if a datagram was
     *     received before it was met: then the next call throws it ({@link Rule#R2 R2})
     */
    List<IncomingDatagram> receive(int max) throws SocketErrorException;

    /**
     * Appends up to {@code max} datagrams that have arrived to a batch, without blocking, and without a copy where the
     * provider can.
     *
     * <p>A datagram's size isn't known beforehand, so each one is received into room for the largest: receiving stops
     * when the batch has less than {@link IpAddressFamily#maxDatagramSize()} bytes or no entry left.
     *
     * @param into where to append; no other thread may use it during the call
     * @param max how many at most
     * @return how many were appended; 0 if nothing is there
     * @throws IllegalArgumentException if {@code max} is negative, or is not 0 and the batch has no room for even one
     * @throws SocketErrorException as above
     */
    int receive(DatagramBatch into, int max) throws SocketErrorException;

    /**
     * Waits until at least one datagram has arrived, and takes up to {@code max}: {@code subscribe().block} and
     * {@code receive} in a loop ({@link Rule#J3 J3}).
     *
     * @param max how many at most, as above
     * @param timeout how long to wait at most; zero or less never waits
     * @return the datagrams; empty if the time is over, or {@code max} is 0
     * @throws IllegalArgumentException if {@code max} is negative
     * @throws InterruptedException if the thread was or is interrupted while nothing is there
     * @throws SocketErrorException as {@link #receive(int)}
     */
    default List<IncomingDatagram> receive(int max, Duration timeout)
            throws SocketErrorException, InterruptedException {
        Deadline deadline = new Deadline(timeout);
        List<IncomingDatagram> received = receive(max);
        while (received.isEmpty() && max > 0 && subscribe().block(deadline.rest())) {
            received = receive(max);
        }
        return received;
    }

    /**
     * Waits until at least one datagram has arrived, and appends up to {@code max} to a batch, likewise.
     *
     * @param into where to append; no other thread may use it during the call
     * @param max how many at most
     * @param timeout how long to wait at most; zero or less never waits
     * @return how many were appended; 0 if the time is over, or {@code max} is 0
     * @throws IllegalArgumentException as {@link #receive(DatagramBatch, int)}
     * @throws InterruptedException if the thread was or is interrupted while nothing is there
     * @throws SocketErrorException as {@link #receive(int)}
     */
    default int receive(DatagramBatch into, int max, Duration timeout)
            throws SocketErrorException, InterruptedException {
        Deadline deadline = new Deadline(timeout);
        int received = receive(into, max);
        while (received == 0 && max > 0 && subscribe().block(deadline.rest())) {
            received = receive(into, max);
        }
        return received;
    }

    /**
     * What to wait on when nothing was there: ready when a datagram, or an error, can be received.
     *
     * @return always the same object
     */
    Pollable subscribe();
}
