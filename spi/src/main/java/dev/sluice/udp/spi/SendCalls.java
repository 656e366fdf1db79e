// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/** The system calls that {@link SegmentingSender} makes on a socket of Linux's. All under the send lock. */
@ConsumerType
public interface SendCalls {
    /**
     * Sends what lies in memory: as one datagram, or as several if a segment size is set and there is more of it.
     *
     * @param memory direct
     * @param from where it begins
     * @param to one behind the last byte
     * @param remote where to; null for the peer
     * @return whether it was handed over; false if the buffer is full, for an empty datagram too
     * @throws SocketErrorException if it failed; nothing was handed over then
     */
    boolean send(ByteBuffer memory, int from, int to, InetSocketAddress remote) throws SocketErrorException;

    /**
     * Sets the size at which the kernel cuts what is sent (UDP_SEGMENT).
     *
     * @param segment bytes; 0 for not at all
     * @throws SocketErrorException if it failed
     */
    void setSegmentSize(int segment) throws SocketErrorException;

    /**
     * The largest payload of one packet on the path to the peer.
     *
     * @return bytes; {@link Integer#MAX_VALUE} if it isn't known
     */
    int pathPayload();

    /**
     * The same for the device that leads there, which knows nothing of the routers behind it.
     *
     * @return bytes; {@link Integer#MAX_VALUE} if it isn't known
     */
    int devicePayload();
}
