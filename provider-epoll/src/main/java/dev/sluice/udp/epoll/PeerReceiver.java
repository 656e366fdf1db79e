// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Addresses;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import io.netty.channel.unix.DatagramSocketAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Fills batches. To a socket with a peer the kernel queues only that peer's datagrams, so their source needn't be asked
 * for, except as long as the queue may hold older ones, or get them still.
 *
 * <p>Called under the receive lock.
 */
final class PeerReceiver {
    /** The least that a queued datagram takes of the kernel's memory: more than half of struct sk_buff and its data. */
    private static final int LEAST_MEMORY = 256;

    /**
     * How long after the call that sets the peer a datagram from another address may still be queued: the kernel may have
     * chosen the socket for it before, on another processor (__udp4_lib_lookup), and queue it after. That takes
     * microseconds, unless it is a virtual machine whose processor is stopped just then; it can't be observed.
     */
    static final Duration SETTLING = Duration.ofSeconds(1);

    private final ReceiveCalls socket;
    private final int maxDatagram;
    private final long settlingNanos;

    private InetSocketAddress peer;

    /** When the peer was set, until that is long ago. */
    private long since;

    private boolean settled;

    /** How many datagrams, at most, may be in the queue since before the peer was set. */
    private int older;

    /** The source of the last datagram: many have the same one. */
    private InetSocketAddress lastSource;

    PeerReceiver(ReceiveCalls socket, int maxDatagram, Duration settling) {
        this.socket = socket;
        this.maxDatagram = maxDatagram;
        this.settlingNanos = settling.toNanos();
    }

    /** There is another peer, or none. */
    void peerChanged(InetSocketAddress remote) {
        peer = remote;
        older = remote == null ? 0 : mostQueued();
        lastSource = null;
        since = System.nanoTime();
        settled = false;
    }

    private int mostQueued() {
        try {
            return socket.queuedMemory() / LEAST_MEMORY;
        } catch (SocketErrorException e) { // the system doesn't say: until the queue has been found empty
            return Integer.MAX_VALUE;
        }
    }

    /** Whether the next datagram is the peer's for certain. */
    private boolean isPeersAlone() {
        if (peer == null || older > 0) {
            return false;
        }
        settled = settled || System.nanoTime() - since >= settlingNanos;
        return settled;
    }

    /** As {@link dev.sluice.udp.spi.DatagramTransport#receive} has it. */
    int receive(DatagramBatch into, int max) throws SocketErrorException {
        int received = 0;
        while (received < max && into.size() < into.maxDatagrams() && into.remainingBytes() >= maxDatagram) {
            if (!(isPeersAlone() ? receiveOfPeer(into) : receiveOfAny(into))) {
                break;
            }
            received++;
        }
        return received;
    }

    private boolean receiveOfPeer(DatagramBatch into) throws SocketErrorException {
        ByteBuffer memory = into.memory();
        int length = socket.receive(memory, into.tailOffset(), memory.capacity());
        if (length < 0) {
            return false;
        }
        into.commit(peer, length);
        return true;
    }

    private boolean receiveOfAny(DatagramBatch into) throws SocketErrorException {
        if (peer != null) {
            int errno = socket.takeError(); // Netty's recvFrom has errors as text only
            if (errno != 0) {
                throw SocketErrors.ofLinux(Operation.RECEIVE, errno, null);
            }
        }
        ByteBuffer memory = into.memory();
        DatagramSocketAddress from = socket.receiveFrom(memory, into.tailOffset(), memory.capacity());
        if (from == null) {
            older = 0;
            return false;
        }
        older = Math.max(0, older - 1);
        into.commit(source(from), from.receivedAmount());
        return true;
    }

    private InetSocketAddress source(DatagramSocketAddress from) {
        if (!Addresses.same(lastSource, from)) {
            lastSource = PlainAddress.of(from);
        }
        return lastSource;
    }
}
