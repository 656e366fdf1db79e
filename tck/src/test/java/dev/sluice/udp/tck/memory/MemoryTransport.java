// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.memory;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import dev.sluice.udp.spi.TransportOption;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** One socket on the network in memory. Its state is guarded by itself. */
final class MemoryTransport implements DatagramTransport, MemoryEnd {
    private static final long LARGEST_BUFFER = 4 << 20;
    private static final long SMALLEST_BUFFER = 2_048;

    /** What each datagram takes of a send buffer besides its payload. */
    private static final long OVERHEAD = 256;

    private static final Set<TransportOption> OPTIONS = Set.of(
            TransportOption.UNICAST_HOP_LIMIT, TransportOption.SEND_BUFFER_SIZE, TransportOption.RECEIVE_BUFFER_SIZE);

    private record Datagram(byte[] payload, InetSocketAddress source) {}

    private final IpAddressFamily family;
    private final Executor waiting;
    private final Queue<Datagram> queue = new ArrayDeque<>();
    private final Map<TransportOption, Long> options = new EnumMap<>(TransportOption.class);
    private long queuedBytes;
    private long unsentBytes;
    private long arrivedBytes;
    private InetSocketAddress local;
    private InetSocketAddress peer;
    private boolean refused;
    private boolean closed;
    private int woken;
    private Runnable whenReadable;
    private Runnable whenWritable;

    MemoryTransport(IpAddressFamily family, Executor waiting) {
        this.family = family;
        this.waiting = waiting;
        options.put(TransportOption.UNICAST_HOP_LIMIT, 64L);
        options.put(TransportOption.SEND_BUFFER_SIZE, 212_992L);
        options.put(TransportOption.RECEIVE_BUFFER_SIZE, 212_992L);
    }

    @Override
    public InetSocketAddress bind(InetSocketAddress wanted) throws IOException {
        InetSocketAddress actual = MemoryNetwork.INSTANCE.bind(wanted, this);
        synchronized (this) {
            local = actual;
        }
        return actual;
    }

    @Override
    public synchronized InetSocketAddress connect(InetSocketAddress remote) throws IOException {
        peer = null;
        refused = false;
        if (remote != null && !remote.getAddress().isLoopbackAddress()) {
            throw SocketErrors.of(Operation.CONNECT, Errno.ENETUNREACH, null);
        }
        peer = remote;
        return local;
    }

    @Override
    public int send(DatagramBatch batch, int from, int to) throws IOException {
        long charge = OVERHEAD + batch.length(from);
        InetSocketAddress destination;
        InetSocketAddress source;
        boolean connected;
        synchronized (this) {
            throwPending(Operation.SEND);
            if (unsentBytes > 0 && unsentBytes + charge > options.get(TransportOption.SEND_BUFFER_SIZE)) {
                call(this::leave);
                return 0;
            }
            connected = peer != null;
            destination = connected ? peer : batch.remoteAddress(from);
            source =
                    local.getAddress().isAnyLocalAddress() ? new InetSocketAddress(loopback(), local.getPort()) : local;
        }
        InetAddress host = destination.getAddress();
        if (!host.isLoopbackAddress()) {
            throw SocketErrors.of(Operation.SEND, Errno.ENETUNREACH, null);
        }
        if (host.getAddress()[host.getAddress().length - 1] == (byte) 0xff) {
            throw SocketErrors.of(Operation.SEND, Errno.EACCES, null); // 127.255.255.255
        }
        byte[] payload = batch.bytes(from);
        synchronized (this) {
            unsentBytes += charge;
        }
        MemoryNetwork.INSTANCE.transmit(held -> {
            if (!MemoryNetwork.INSTANCE.deliver(payload, source, destination) && connected) {
                refuse(destination);
            }
            synchronized (this) {
                arrivedBytes += charge;
            }
            if (held) { // at once, so that all has left when the network has been released
                leave();
            }
        });
        return 1;
    }

    /** What has arrived fills the send buffer until that is full: a network that is always slower than its sender. */
    private synchronized void leave() {
        unsentBytes -= arrivedBytes;
        arrivedBytes = 0;
        notifyReady();
    }

    private boolean isWritable() {
        return refused || unsentBytes <= options.get(TransportOption.SEND_BUFFER_SIZE) / 2;
    }

    private InetAddress loopback() {
        try {
            return family == IpAddressFamily.IPV4
                    ? InetAddress.getByAddress(new byte[] {127, 0, 0, 1})
                    : Inet6Address.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private synchronized void refuse(InetSocketAddress destination) {
        if (destination.equals(peer)) { // else it has another by now
            refused = true;
            notifyReady();
        }
    }

    private void throwPending(Operation operation) throws IOException {
        if (refused) {
            refused = false;
            throw SocketErrors.of(operation, Errno.ECONNREFUSED, null);
        }
    }

    @Override
    public synchronized void arrive(byte[] payload, InetSocketAddress from) {
        boolean filtered = peer != null && !peer.equals(from);
        boolean full = queuedBytes + payload.length > options.get(TransportOption.RECEIVE_BUFFER_SIZE);
        if (closed || filtered || full) {
            return;
        }
        queue.add(new Datagram(payload, from));
        queuedBytes += payload.length;
        notifyReady();
    }

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

    @Override
    public synchronized int readiness(int interest) {
        return interest & ((isWritable() ? WRITABLE : 0) | (isReadable() ? READABLE : 0));
    }

    private boolean isReadable() {
        return refused || !queue.isEmpty();
    }

    @Override
    public synchronized void arm(int interest, Runnable ready) {
        if (interest == WRITABLE) {
            whenWritable = ready;
        } else {
            whenReadable = ready;
        }
        notifyReady();
    }

    /** Waits for its monitor, which everything that changes notifies. */
    @Override
    public synchronized boolean await(int interest, long nanos) {
        long end = System.nanoTime() + nanos;
        while (!closed && readiness(interest) == 0 && (woken & interest) == 0) {
            long rest = end - System.nanoTime();
            if (rest <= 0 || Thread.currentThread().isInterrupted()) {
                break;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, rest);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        woken &= ~interest;
        return true;
    }

    @Override
    public synchronized void wakeup(int interest) {
        woken |= interest;
        notifyAll();
    }

    /** Ends the waits of threads, and has the waiting thread look. */
    private void notifyReady() {
        notifyAll();
        if ((whenReadable != null && isReadable()) || (whenWritable != null && isWritable())) {
            call(this::fire);
        }
    }

    /** On the waiting thread: calls what is armed and still ready. As with epoll, what is used up by then fires nothing. */
    private void fire() {
        fire(READABLE);
        fire(WRITABLE);
    }

    private void fire(int interest) {
        Runnable ready;
        synchronized (this) {
            ready = readiness(interest) == 0 ? null : interest == READABLE ? whenReadable : whenWritable;
            if (ready != null && interest == READABLE) {
                whenReadable = null;
            } else if (ready != null) {
                whenWritable = null;
            }
        }
        if (ready != null) {
            ready.run();
        }
    }

    private void call(Runnable ready) {
        try {
            waiting.execute(ready);
        } catch (RejectedExecutionException e) { // the provider was stopped, and its sockets are closed
        }
    }

    @Override
    public Set<TransportOption> supportedOptions() {
        return OPTIONS;
    }

    @Override
    public synchronized long get(TransportOption option) {
        return options.get(option);
    }

    @Override
    public synchronized void set(TransportOption option, long value) {
        options.put(
                option,
                option == TransportOption.UNICAST_HOP_LIMIT
                        ? value
                        : Math.max(SMALLEST_BUFFER, Math.min(LARGEST_BUFFER, value)));
    }

    @Override
    public void close() {
        InetSocketAddress bound;
        synchronized (this) {
            bound = closed ? null : local;
            closed = true;
            whenReadable = null;
            whenWritable = null;
            queue.clear();
            notifyAll();
        }
        if (bound != null) {
            MemoryNetwork.INSTANCE.release(bound);
        }
    }
}
