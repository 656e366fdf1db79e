// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A receiver that has nothing to do with Sluice. */
public final class Listener implements AutoCloseable {
    private final DatagramSocket socket;

    public Listener() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        socket.setSoTimeout(1000 * Outcome.PATIENCE_SECONDS);
    }

    public String port() {
        return Integer.toString(socket.getLocalPort());
    }

    public void assertReceives(String... lines) throws IOException {
        for (String line : lines) {
            assertEquals(line, receive());
        }
    }

    /** The next datagram as text. */
    String receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    /** Sends a text to a port of this host. */
    void send(String text, String port) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        InetSocketAddress to = new InetSocketAddress(socket.getLocalAddress(), Integer.parseInt(port));
        socket.send(new DatagramPacket(payload, payload.length, to));
    }

    @Override
    public void close() {
        socket.close();
    }
}
