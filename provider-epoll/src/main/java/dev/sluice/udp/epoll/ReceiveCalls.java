// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import dev.sluice.udp.SocketErrorException;
import io.netty.channel.unix.DatagramSocketAddress;
import java.nio.ByteBuffer;

/** What {@link PeerReceiver} needs of a socket. */
interface ReceiveCalls {
    /**
     * Takes one datagram from the queue, without its source.
     *
     * @return its length; -1 if there is none
     */
    int receive(ByteBuffer memory, int from, int to) throws SocketErrorException;

    /**
     * Takes one datagram from the queue, with its source.
     *
     * @return its source and length; null if there is none
     */
    DatagramSocketAddress receiveFrom(ByteBuffer memory, int from, int to) throws SocketErrorException;

    /** Takes the pending error (SO_ERROR): an errno, or 0. */
    int takeError() throws SocketErrorException;

    /** How many bytes of the kernel's memory the receive queue takes. */
    int queuedMemory() throws SocketErrorException;
}
