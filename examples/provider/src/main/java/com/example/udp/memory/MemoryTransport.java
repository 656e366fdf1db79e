package com.example.udp.memory;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import dev.sluice.udp.spi.TransportOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** One socket. Its monitor guards all of its state: other sockets' threads deliver to it. */
final class MemoryTransport implements DatagramTransport, MemoryNetwork.Receiver {
    private static final long SMALLEST_BUFFER = 2_048;
    private static final long USUAL_BUFFER = 212_992;
    private static final long LARGEST_BUFFER = 4L << 20;

    /** What a datagram takes of the send buffer besides its payload. */
    private static final long OVERHEAD = 256;

    private record Datagram(byte[] payload, InetSocketAddress source) {}

    private final IpAddressFamily family;
    private final Executor callbacks;
    private final Queue<Datagram> queue = new ArrayDeque<>();
    private final Map<TransportOption, Long> bufferSizes = new EnumMap<>(
            Map.of(TransportOption.SEND_BUFFER_SIZE, USUAL_BUFFER, TransportOption.RECEIVE_BUFFER_SIZE, USUAL_BUFFER));
    private long queuedBytes;
    private long unsentBytes;
    private InetSocketAddress local;
    private InetSocketAddress peer;
    private boolean refused;
    private Runnable whenReadable;
    private Runnable whenWritable;
    private boolean closed;

    MemoryTransport(IpAddressFamily family, Executor callbacks) {
        this.family = family;
        this.callbacks = callbacks;
    }

    @Override
    public InetSocketAddress bind(InetSocketAddress wanted) throws IOException {
        InetSocketAddress actual = MemoryNetwork.bind(wanted, this);
        synchronized (this) {
            local = actual;
        }
        return actual;
    }

    // region connect
    @Override
    public synchronized InetSocketAddress connect(InetSocketAddress remote) throws IOException {
        peer = null; // also if it fails
        refused = false; // an error left from the old peer is forgotten
        if (remote != null) {
            check(Operation.CONNECT, remote.getAddress());
        }
        peer = remote; // what is queued stays; the SPI drops what isn't the new peer's
        return local;
    }
    // endregion

    /** The errors of this network, as a system would report them. */
    private static void check(Operation operation, InetAddress host) throws IOException {
        if (!host.isLoopbackAddress()) {
            throw SocketErrors.of(operation, Errno.ENETUNREACH, null);
        }
        byte[] bytes = host.getAddress();
        if (bytes.length == 4 && bytes[3] == (byte) 255) {
            throw SocketErrors.of(operation, Errno.EACCES, null); // a broadcast
        }
    }

    // region send
    @Override
    public int send(DatagramBatch batch, int from, int to) throws IOException {
        byte[] payload = batch.bytes(from);
        long charge = OVERHEAD + payload.length;
        InetSocketAddress destination;
        InetSocketAddress source;
        synchronized (this) {
            throwPending(Operation.SEND); // reported instead of sending: the datagram isn't counted
            if (unsentBytes > 0 && unsentBytes + charge > bufferSizes.get(TransportOption.SEND_BUFFER_SIZE)) {
                return 0; // full
            }
            destination = peer != null ? peer : batch.remoteAddress(from);
            check(Operation.SEND, destination.getAddress());
            source = local.getAddress().isAnyLocalAddress()
                    ? new InetSocketAddress(destination.getAddress(), local.getPort())
                    : local;
            unsentBytes += charge;
        }
        MemoryNetwork.transmit(
                () -> sent(charge, destination, MemoryNetwork.deliver(payload, source, destination)));
        return 1; // one at a time: the SPI calls again for the rest
    }

    private synchronized void sent(long charge, InetSocketAddress destination, boolean delivered) {
        unsentBytes -= charge;
        if (!delivered && destination.equals(peer)) {
            refused = true; // the next call reports it, as with an ICMP message
        }
        callBack();
    }
    // endregion

    private void throwPending(Operation operation) throws IOException {
        if (refused) {
            refused = false;
            throw SocketErrors.of(operation, Errno.ECONNREFUSED, null);
        }
    }

    @Override
    public synchronized void arrive(byte[] payload, InetSocketAddress source) {
        boolean unwanted = peer != null && !peer.equals(source);
        boolean full = queuedBytes + payload.length > bufferSizes.get(TransportOption.RECEIVE_BUFFER_SIZE);
        if (closed || unwanted || full) {
            return;
        }
        queue.add(new Datagram(payload, source));
        queuedBytes += payload.length;
        callBack();
    }

    // region receive
    @Override
    public synchronized int receive(DatagramBatch into, int max) throws IOException {
        throwPending(Operation.RECEIVE);
        int received = 0;
        while (received < max
                && !queue.isEmpty()
                && into.size() < into.maxDatagrams()
                && into.remainingBytes() >= family.maxDatagramSize()) {
            Datagram next = queue.remove();
            queuedBytes -= next.payload.length;
            into.add(next.source, ByteBuffer.wrap(next.payload));
            received++;
        }
        return received;
    }
    // endregion

    // region readiness
    @Override
    public synchronized int readiness(int interest) {
        int ready = 0;
        if (refused || !queue.isEmpty()) {
            ready |= READABLE;
        }
        if (refused || unsentBytes <= bufferSizes.get(TransportOption.SEND_BUFFER_SIZE) / 2) {
            ready |= WRITABLE;
        }
        return interest & ready;
    }

    @Override
    public synchronized void arm(int interest, Runnable ready) {
        if (interest == READABLE) {
            whenReadable = ready;
        } else {
            whenWritable = ready;
        }
        callBack();
    }

    private void callBack() {
        if (whenReadable != null && readiness(READABLE) != 0) {
            call(whenReadable);
            whenReadable = null;
        }
        if (whenWritable != null && readiness(WRITABLE) != 0) {
            call(whenWritable);
            whenWritable = null;
        }
    }

    /** On another thread: never from inside of arm, and under no lock. */
    private void call(Runnable ready) {
        try {
            callbacks.execute(ready);
        } catch (RejectedExecutionException stopped) {
            // The provider was stopped, and has closed its sockets.
        }
    }
    // endregion

    @Override
    public synchronized long get(TransportOption option) throws IOException {
        return bufferSizes.get(supported(option));
    }

    @Override
    public synchronized void set(TransportOption option, long value) throws IOException {
        bufferSizes.put(supported(option), Math.max(SMALLEST_BUFFER, Math.min(LARGEST_BUFFER, value)));
    }

    private static TransportOption supported(TransportOption option) throws IOException {
        if (option == TransportOption.UNICAST_HOP_LIMIT) {
            throw new SocketErrorException(ErrorCode.NOT_SUPPORTED, "There are no hops in memory");
        }
        return option;
    }

    @Override
    public void close() {
        InetSocketAddress bound;
        synchronized (this) {
            bound = closed ? null : local;
            closed = true;
            queue.clear();
            whenReadable = null;
            whenWritable = null;
        }
        if (bound != null) {
            MemoryNetwork.unbind(bound);
        }
    }
}
