// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.util.Map;
import java.util.OptionalLong;

/**
 * The ledger of one socket, all since its creation. What the application gave to {@code send} and what arrived are accounted
 * for in full ({@link Rule#K1 K1}): {@link #datagramsGiven} and {@link #datagramsTaken} are the sums of their parts.
 *
 * <p>A datagram that was sent was handed to the kernel. What a queue on the way or the path did with it nothing on this
 * machine knows; that is not counted as anything here.
 *
 * @param datagramsSent datagrams handed to the kernel
 * @param bytesSent their payload, in bytes
 * @param refused datagrams that {@code send} threw an error for, by its code; immutable
 * @param leftToCaller datagrams given to {@code send} that it neither sent nor threw an error for: behind a full buffer or an
 *     error, or not tried because an earlier one's error was told. They are the caller's to send again
 * @param earlierErrors how often {@code send} threw the error of an earlier datagram, which had been sent
 *     ({@link SocketErrorException#concernsEarlierDatagram()})
 * @param datagramsReceived datagrams delivered to the application
 * @param bytesReceived their payload, in bytes
 * @param droppedByNetwork datagrams dropped because the {@link Network} does not allow their source
 *     ({@link Rule#R4 R4})
 * @param droppedByPeerFilter datagrams dropped because the stream has a peer and they came from another address
 *     ({@link Rule#U4 U4})
 * @param receiveErrors errors that {@code receive} has thrown
 * @param droppedByKernel what the kernel dropped because the receive buffer was full, in its own count, in which what it had
 *     coalesced is one; empty where that is unknown, for want of {@link ProviderCapability#KERNEL_DROPS}
 *     ({@link Rule#K2 K2})
 */
public record SocketStatistics(
        long datagramsSent,
        long bytesSent,
        Map<ErrorCode, Long> refused,
        long leftToCaller,
        long earlierErrors,
        long datagramsReceived,
        long bytesReceived,
        long droppedByNetwork,
        long droppedByPeerFilter,
        long receiveErrors,
        OptionalLong droppedByKernel) {

    /**
     * A ledger.
     *
     * @param datagramsSent as above
     * @param bytesSent as above
     * @param refused as above; copied
     * @param leftToCaller as above
     * @param earlierErrors as above
     * @param datagramsReceived as above
     * @param bytesReceived as above
     * @param droppedByNetwork as above
     * @param droppedByPeerFilter as above
     * @param receiveErrors as above
     * @param droppedByKernel as above
     */
    public SocketStatistics {
        refused = Map.copyOf(refused);
    }

    /**
     * Datagrams that were given to {@code send}: sent, refused, and left to the caller.
     *
     * @return their number
     */
    public long datagramsGiven() {
        return datagramsSent + datagramsRefused() + leftToCaller;
    }

    /**
     * Datagrams that {@code send} threw an error for, whatever its code.
     *
     * @return their number
     */
    public long datagramsRefused() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Errors that {@code send} has thrown, of the datagram that was tried and of earlier ones.
     *
     * @return their number
     */
    public long sendErrors() {
        return datagramsRefused() + earlierErrors;
    }

    /**
     * Datagrams that were taken from the kernel: delivered, or dropped by peer or network.
     *
     * @return their number
     */
    public long datagramsTaken() {
        return datagramsReceived + droppedByPeerFilter + droppedByNetwork;
    }
}
