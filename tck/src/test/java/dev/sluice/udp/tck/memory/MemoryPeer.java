// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.memory;

import dev.sluice.udp.tck.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The remote end on the network in memory; it doesn't use the SPI. */
public final class MemoryPeer implements Peer, MemoryEnd {
    private final BlockingQueue<Received> queue = new LinkedBlockingQueue<>();
    private final InetSocketAddress address;
    private final Duration patience;

    /**
     * A peer.
     *
     * @param local the loopback address to bind to
     * @param patience how long to wait for a datagram
     */
    public MemoryPeer(InetSocketAddress local, Duration patience) {
        this.patience = patience;
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
        byte[] copy = payload.clone();
        MemoryNetwork.INSTANCE.transmit(held -> MemoryNetwork.INSTANCE.deliver(copy, address, to));
    }

    @Override
    public void arrive(byte[] payload, InetSocketAddress from) {
        queue.add(new Received(payload, from));
    }

    @Override
    public Received receive() {
        try {
            Received next = queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new AssertionError("no datagram arrived within " + patience);
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
