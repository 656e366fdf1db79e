// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A peer on {@link DatagramSocket}. A thread reads all the time, so that the receive buffer doesn't overflow. */
final class JdkPeer implements Peer {
    private static final long PATIENCE_SECONDS = ProviderUnderTest.USUAL_PATIENCE.toSeconds();
    private static final int BUFFER_BYTES = 4 << 20;

    private final DatagramSocket socket;
    private final BlockingQueue<Received> queue = new LinkedBlockingQueue<>();
    private final Thread reader;

    JdkPeer(InetSocketAddress local) {
        try {
            socket = new DatagramSocket(local);
            socket.setReceiveBufferSize(BUFFER_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader = new Thread(this::read, "peer at " + socket.getLocalPort());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        byte[] buffer = new byte[65_535];
        while (true) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
            } catch (IOException closed) {
                return;
            }
            byte[] payload = Arrays.copyOf(buffer, packet.getLength());
            queue.add(new Received(payload, (InetSocketAddress) packet.getSocketAddress()));
        }
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }

    @Override
    public void send(InetSocketAddress to, byte[] payload) {
        try {
            socket.send(new DatagramPacket(payload, payload.length, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            throw new AssertionError("interrupted while waiting for a datagram", e);
        }
    }

    @Override
    public void close() {
        socket.close();
        try {
            reader.join(); // until the thread has left receive, the port is taken
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while closing a peer", e);
        }
    }
}
