package dev.sluice.udp.tck.memory;

import dev.sluice.udp.tck.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The other end on the network in memory; it knows nothing of the SPI. */
public final class MemoryPeer implements Peer, MemoryEnd {
    private static final int PATIENCE_SECONDS = 20;

    private final BlockingQueue<Received> queue = new LinkedBlockingQueue<>();
    private final InetSocketAddress address;

    /** Bound to a loopback address. */
    public MemoryPeer(InetSocketAddress local) {
        try {
            address = MemoryNetwork.INSTANCE.bind(local, this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void send(InetSocketAddress to, byte[] payload) {
        MemoryNetwork.INSTANCE.deliver(payload.clone(), address, to);
    }

    @Override
    public void arrive(byte[] payload, InetSocketAddress from) {
        queue.add(new Received(payload, from));
    }

    @Override
    public Received receive() {
        try {
            Received next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no datagram arrived within " + PATIENCE_SECONDS + " s");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        MemoryNetwork.INSTANCE.release(address);
    }
}
