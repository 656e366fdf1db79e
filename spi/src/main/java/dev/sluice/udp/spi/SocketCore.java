package dev.sluice.udp.spi;

import dev.sluice.udp.IpAddressFamily;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a socket and its streams share.
 *
 * <p><b>Locks.</b> {@link #sending} guards every call that the transport gets for sending, {@link #receiving} those for
 * receiving; bind, connect, options and close take both, in this order. So the transport is never used after close,
 * which with a native descriptor would write into somebody else's socket. Foreign code never runs under either (U8).
 */
final class SocketCore {
    final ReentrantLock sending = new ReentrantLock();
    final ReentrantLock receiving = new ReentrantLock();
    final SocketCounters counters = new SocketCounters();
    final DatagramTransport transport;
    final IpAddressFamily family;
    final ScratchPool scratch;

    SocketCore(DatagramTransport transport, IpAddressFamily family, ScratchPool scratch) {
        this.transport = transport;
        this.family = family;
        this.scratch = scratch;
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
