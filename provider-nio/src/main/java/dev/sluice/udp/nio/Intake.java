package dev.sluice.udp.nio;

import static dev.sluice.udp.spi.DatagramTransport.READABLE;
import static dev.sluice.udp.spi.DatagramTransport.WRITABLE;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Operation;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * What comes in: the channel's queue, before it what was drained from it, and errors met on the way. And therefore also
 * the changing of a channel's peer, which would throw that queue away.
 *
 * <p>Its lock is below those of the SPI: an empty datagram is sent under the send lock, and changes the peer while
 * another thread may receive.
 */
final class Intake {
    /** How many unwanted datagrams one call drops at most, so that a flood of them can't hold it for ever. */
    private static final int MOST_DROPPED = 4096;

    /** How many errors one draining forgets at most, of a peer that keeps causing them. */
    private static final int MOST_ERRORS = 16;

    private static final SpareBuffer SPARE = new SpareBuffer();

    private final DatagramChannel channel;
    private final IpAddressFamily family;

    /** Calls who waits for these directions. */
    private final IntConsumer fire;

    private final ReentrantLock lock = new ReentrantLock();
    private final DrainedQueue drained = new DrainedQueue();
    private final AtomicReference<SocketErrorException> pending = new AtomicReference<>();

    Intake(DatagramChannel channel, IpAddressFamily family, IntConsumer fire) {
        this.channel = channel;
        this.family = family;
        this.fire = fire;
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    int receive(DatagramBatch into, int max) throws IOException {
        throwPendingError();
        lock.lock();
        try {
            int moved = drained.moveTo(into, max, family.maxDatagramSize());
            return moved + receiveFromChannel(into, max - moved);
        } catch (IOException e) {
            throw NioErrors.of(Operation.RECEIVE, e);
        } finally {
            lock.unlock();
        }
    }

    private int receiveFromChannel(DatagramBatch into, int max) throws IOException {
        ByteBuffer tail = into.tail();
        int most = Math.min(max, into.maxDatagrams() - into.size());
        int largest = family.maxDatagramSize();
        int received = 0;
        int dropped = 0;
        while (received < most && tail.remaining() >= largest && dropped < MOST_DROPPED) {
            int start = tail.position();
            InetSocketAddress source = (InetSocketAddress) channel.receive(tail);
            if (source == null) {
                break;
            }
            if (isForeign(source)) {
                tail.position(start);
                dropped++;
            } else {
                into.commit(source, tail.position() - start);
                received++;
            }
        }
        return received;
    }

    /** The JDK opens IPv6 sockets for IPv4 too, and can't be told not to (U1). */
    private boolean isForeign(InetSocketAddress source) {
        return family == IpAddressFamily.IPV6 && source.getAddress() instanceof Inet4Address;
    }

    /**
     * Takes everything out of the channel's queue.
     *
     * @throws IOException an error that was pending; not everything may have been taken out then
     */
    void drain() throws IOException {
        lock.lock();
        try {
            long most = 4L * channel.getOption(StandardSocketOptions.SO_RCVBUF);
            while (drained.hasRoom(most) && drainOne()) {}
        } finally {
            fireIfReady();
            lock.unlock();
        }
    }

    /**
     * Whether there is a datagram or an error for this socket, where the system's answer may have been about what isn't
     * (IPv4 on an IPv6 socket): looks, which consumes that, and keeps the rest.
     */
    boolean hasAny() {
        lock.lock();
        try {
            return hasPendingError() || hasDrained() || drainOne();
        } catch (IOException e) {
            pending.set(NioErrors.of(Operation.RECEIVE, e));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the next datagram that isn't foreign out of the channel's queue, if there is one. */
    private boolean drainOne() throws IOException {
        ByteBuffer buffer = SPARE.take();
        try {
            for (int dropped = 0; dropped < MOST_DROPPED; dropped++) {
                InetSocketAddress source = (InetSocketAddress) channel.receive(buffer.clear());
                if (source == null) {
                    return false;
                }
                if (!isForeign(source)) {
                    byte[] payload = new byte[buffer.position()];
                    buffer.get(0, payload);
                    drained.add(source, payload);
                    return true;
                }
            }
            return false;
        } finally {
            SPARE.giveBack(buffer);
        }
    }

    /** The same; errors that are pending are about a former peer, and forgotten. */
    void drainQuietly() throws IOException {
        for (int errors = 0; errors < MOST_ERRORS; errors++) {
            try {
                drain();
                return;
            } catch (ClosedChannelException closed) {
                throw closed;
            } catch (IOException forgotten) {
                // and on: the error came before what is queued
            }
        }
    }

    /** Takes the channel its peer. */
    void detach() throws IOException {
        lock.lock();
        try {
            if (channel.isConnected()) {
                channel.disconnect();
                drainQuietly(); // an error still pending would swallow the next datagram sent, and report it as sent
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives the channel a peer, which it doesn't have. */
    void attach(InetSocketAddress peer) throws IOException {
        lock.lock();
        try {
            drainQuietly(); // connect throws away what is queued
            try {
                channel.connect(peer);
            } catch (IOException e) {
                if (!channel.isConnected()) { // else it was only an old error, met while throwing away
                    throw e;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    boolean hasDrained() {
        return !drained.isEmpty();
    }

    boolean hasPendingError() {
        return pending.get() != null;
    }

    void forgetError() {
        pending.set(null);
    }

    void throwPendingError() throws SocketErrorException {
        SocketErrorException error = pending.get();
        if (error != null && pending.compareAndSet(error, null)) {
            throw error;
        }
    }

    /** Calls who waits for what the selector can't see: drained datagrams, and errors already met. */
    void fireIfReady() {
        if (hasPendingError()) {
            fire.accept(READABLE | WRITABLE);
        } else if (hasDrained()) {
            fire.accept(READABLE);
        }
    }
}
