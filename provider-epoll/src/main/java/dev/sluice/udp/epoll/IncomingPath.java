package dev.sluice.udp.epoll;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Addresses;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import io.netty.channel.unix.DatagramSocketAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Fills batches. To a socket with a peer the kernel queues only that peer's datagrams, so their source needn't be asked
 * for, except as long as the queue may hold older ones.
 *
 * <p>Called under the receive lock.
 */
final class IncomingPath {
    /** The least that a queued datagram takes of the kernel's memory: more than half of struct sk_buff and its data. */
    private static final int LEAST_MEMORY = 256;

    private final Inlet socket;
    private final PendingError pending;
    private final int maxDatagram;

    private InetSocketAddress peer;

    /** How many datagrams, at most, may be in the queue since before the peer was set. */
    private int older;

    /** The source of the last datagram: many have the same one. */
    private InetSocketAddress lastSource;

    IncomingPath(Inlet socket, PendingError pending, int maxDatagram) {
        this.socket = socket;
        this.pending = pending;
        this.maxDatagram = maxDatagram;
    }

    /** There is another peer, or none. */
    void peerChanged(InetSocketAddress remote) throws SocketErrorException {
        peer = remote;
        older = remote == null ? 0 : socket.queuedMemory() / LEAST_MEMORY;
        lastSource = null;
    }

    /** As {@link dev.sluice.udp.spi.DatagramTransport#receive} has it. */
    int receive(DatagramBatch into, int max) throws SocketErrorException {
        int received = 0;
        while (received < max && into.size() < into.maxDatagrams() && into.remainingBytes() >= maxDatagram) {
            try {
                if (!(peer != null && older == 0 ? receiveOfPeer(into) : receiveOfAny(into))) {
                    break;
                }
            } catch (SocketErrorException e) {
                if (received == 0) {
                    throw e;
                }
                pending.keep(e);
                break;
            }
            received++;
        }
        return received;
    }

    private boolean receiveOfPeer(DatagramBatch into) throws SocketErrorException {
        ByteBuffer tail = into.tail();
        int length = socket.receive(tail, tail.position(), tail.limit());
        if (length < 0) {
            return false;
        }
        into.commit(peer, length);
        return true;
    }

    private boolean receiveOfAny(DatagramBatch into) throws SocketErrorException {
        if (peer != null) {
            int errno = socket.takeError(); // Netty's recvFrom tells errors as text only
            if (errno != 0) {
                throw SocketErrors.ofLinux(Operation.RECEIVE, errno, null);
            }
        }
        ByteBuffer tail = into.tail();
        DatagramSocketAddress from = socket.receiveFrom(tail, tail.position(), tail.limit());
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
