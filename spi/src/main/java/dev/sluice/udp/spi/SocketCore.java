package dev.sluice.udp.spi;

import dev.sluice.udp.IpAddressFamily;
import java.net.InetSocketAddress;

/**
 * What a socket and its streams share, and what has to be closed when nothing holds them any more. So it refers to none of
 * them.
 *
 * <p><b>Locks.</b> {@link #sending} guards every call that the transport gets for sending, {@link #receiving} those for
 * receiving; bind, connect, options and close take both, in this order. So the transport is never used after close,
 * which with a native descriptor would write into another socket. Foreign code never runs under either (U8).
 */
final class SocketCore {
    final StackSafeLock sending = new StackSafeLock();
    final StackSafeLock receiving = new StackSafeLock();
    final SocketCounters counters = new SocketCounters();
    final DatagramTransport transport;
    final IpAddressFamily family;
    final ProviderMemory memory;

    /** Where it is bound; null before. Written under both locks. */
    volatile InetSocketAddress local;

    /** Datagrams that were taken from the transport and could not be delivered yet. Guarded by {@link #receiving}. */
    final ReceiveBacklog backlog;

    /** Written under both locks. */
    private volatile boolean closed;

    SocketCore(DatagramTransport transport, IpAddressFamily family, ProviderMemory memory) {
        this.transport = transport;
        this.family = family;
        this.memory = memory;
        this.backlog = new ReceiveBacklog(memory.scratch);
    }

    boolean isClosed() {
        return closed;
    }

    /** Gives back what the system and the provider lent. Under both locks. Idempotent. */
    void close() {
        if (!closed) {
            closed = true;
            backlog.clear();
            transport.close();
        }
    }

    void lockBoth() {
        sending.lock();
        receiving.lock();
    }

    void unlockBoth() {
        receiving.unlock();
        sending.unlock();
    }
}
