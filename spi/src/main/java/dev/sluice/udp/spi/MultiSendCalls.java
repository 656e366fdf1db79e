// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Several sends in one system call, sendmmsg(2). Only for a socket without a peer: to a peer, an error that was pending
 * ends the call, whose answer is then a count, and the error is lost. One send at a time is good with a peer, too: it is how
 * a datagram with a path is sent. All under the send lock.
 */
@ConsumerType
public interface MultiSendCalls {
    /**
     * How many sends one call takes.
     *
     * @return 2 or more
     */
    int capacity();

    /**
     * Prepares a send, behind those that were prepared since the last call of {@link #sendPrepared}.
     *
     * @param memory direct; the same for all of a call
     * @param from where it begins
     * @param to one behind the last byte
     * @param segment the size of its datagrams, of which the last may be shorter; 0 if {@link SendCalls#setSegmentSize} says it
     * @param remote where to; null for the peer
     * @param path what else its datagrams are to have; null for nothing
     */
    void prepare(ByteBuffer memory, int from, int to, int segment, InetSocketAddress remote, DatagramPath path);

    /**
     * Makes the call, after which nothing is prepared any more.
     *
     * @return how many of the sends, from the first, were handed over; 0 if the buffer is full
     * @throws SocketErrorException if the first failed; nothing was handed over then
     */
    int sendPrepared() throws SocketErrorException;
}
