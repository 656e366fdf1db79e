package com.example.udp.memory;

import dev.sluice.udp.tck.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The other end. It uses the network alone, and nothing of the provider. */
final class MemoryPeer implements Peer, MemoryNetwork.Receiver {
    private static final int PATIENCE_SECONDS = 60;

    private final BlockingQueue<Received> queue = new LinkedBlockingQueue<>();
    private final InetSocketAddress address;

    MemoryPeer(InetSocketAddress local) {
        try {
            address = MemoryNetwork.bind(local, this);
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
        byte[] copy = payload.clone();
        MemoryNetwork.transmit(() -> MemoryNetwork.deliver(copy, address, to));
    }

    @Override
    public void arrive(byte[] payload, InetSocketAddress source) {
        queue.add(new Received(payload, source));
    }

    @Override
    public Received receive() {
        try {
            Received next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no datagram within " + PATIENCE_SECONDS + " s");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        MemoryNetwork.unbind(address);
    }
}
