package dev.sluice.udp.epoll;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import dev.sluice.udp.spi.TransportOption;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A UDP socket of Linux's. */
final class EpollTransport implements DatagramTransport {
    private final KernelSocket socket;
    private final OutgoingPath outgoing;
    private final IncomingPath incoming;
    private final PendingError pending = new PendingError();
    private final Watch watch;

    private boolean hasPeer;
    private boolean closed;

    EpollTransport(
            KernelSocket socket,
            IpAddressFamily family,
            SegmentCeiling ceiling,
            boolean segmenting,
            WaitingThread waiting) {
        this.socket = socket;
        this.outgoing = new OutgoingPath(socket, ceiling, segmenting, family.maxDatagramSize());
        this.incoming = new IncomingPath(socket, family.maxDatagramSize(), IncomingPath.SETTLING);
        this.watch = new Watch(socket.descriptor(), waiting);
    }

    @Override
    public InetSocketAddress bind(InetSocketAddress local) throws IOException {
        return LastingBind.bind(socket, local);
    }

    /**
     * Sets the peer. The old one is dropped first: reconnecting in place keeps the old route's source address, and fails
     * if that doesn't suit the new peer.
     */
    @Override
    public InetSocketAddress connect(InetSocketAddress remote) throws IOException {
        try {
            hasPeer = false;
            socket.disconnect();
            if (remote != null) {
                socket.connect(remote);
                hasPeer = true;
            }
        } finally {
            socket.takeError(); // of the old peer: the first good send to the new one would fail with it
            pending.forget();
            outgoing.peerChanged(hasPeer);
            incoming.peerChanged(hasPeer ? remote : null);
        }
        return socket.localAddress();
    }

    @Override
    public int send(DatagramBatch batch, int from, int to) throws IOException {
        try {
            pending.throwIfPresent();
            return outgoing.send(batch, from, to);
        } catch (SocketErrorException e) {
            outgoing.met(e);
            throw e;
        }
    }

    @Override
    public int receive(DatagramBatch into, int max) throws IOException {
        try {
            pending.throwIfPresent();
            return incoming.receive(into, max);
        } catch (SocketErrorException e) {
            outgoing.met(e);
            throw e;
        }
    }

    @Override
    public int readiness(int interest) {
        try {
            if (hasError()) {
                return interest;
            }
            return ((interest & READABLE) != 0 && socket.isReadable() ? READABLE : 0)
                    | ((interest & WRITABLE) != 0 && socket.isWritable() ? WRITABLE : 0);
        } catch (SocketErrorException e) {
            return interest; // whatever it is, the call that follows will meet it
        }
    }

    /** Only a socket with a peer has errors pending: without IP_RECVERR the kernel keeps nobody else's. */
    private boolean hasError() throws SocketErrorException {
        if (!pending.isPresent() && hasPeer) {
            int errno = socket.takeError();
            if (errno != 0) {
                pending.keep(SocketErrors.ofLinux(Operation.SEND, errno, null)); // of an earlier datagram
                watch.fireSoon();
            }
        }
        return pending.isPresent();
    }

    @Override
    public void arm(int interest, Runnable ready) {
        watch.arm(interest, ready);
        if (pending.isPresent()) {
            watch.fireSoon();
        }
    }

    @Override
    public long get(TransportOption option) throws IOException {
        return switch (option) {
            case UNICAST_HOP_LIMIT -> socket.hopLimit();
            case RECEIVE_BUFFER_SIZE -> socket.receiveBuffer();
            case SEND_BUFFER_SIZE -> socket.sendBuffer();
        };
    }

    @Override
    public void set(TransportOption option, long value) throws IOException {
        switch (option) {
            case UNICAST_HOP_LIMIT -> socket.hopLimit((int) value);
            case RECEIVE_BUFFER_SIZE -> socket.receiveBuffer((int) value);
            case SEND_BUFFER_SIZE -> socket.sendBuffer((int) value);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            watch.end();
            socket.close();
        }
    }
}
