// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Sockets of the peer's process, each on one of its addresses: they send, and tell what they receive and from where. */
final class Stations {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Map<String, DatagramSocket> sockets = new HashMap<>();

    /** {@code station PORT HOST} opens one. */
    String open(int port, String host) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(host), port));
        socket.setSoTimeout(PATIENCE_MILLIS);
        sockets.put(host, socket);
        return "opened";
    }

    /** {@code say PORT HOST DESTINATION TEXT} sends. */
    String say(int port, String host, String destination, String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        InetSocketAddress to = new InetSocketAddress(InetAddress.getByName(destination), port);
        sockets.get(host).send(new DatagramPacket(payload, payload.length, to));
        return "said";
    }

    /** {@code ask PORT DESTINATION TEXT} sends to a peer, and waits for an answer that comes from there. */
    static String ask(int port, String destination, String text) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getByName(destination), port));
            byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(payload, payload.length));
            DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
            socket.receive(packet);
            return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
        }
    }

    /** {@code hear COUNT HOST} waits for so many datagrams: the texts, each with the port that it came from. */
    String hear(int count, String host) throws IOException {
        StringBuilder heard = new StringBuilder();
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        for (int i = 0; i < count; i++) {
            packet.setLength(1500);
            sockets.get(host).receive(packet);
            String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
            heard.append(text).append('@').append(packet.getPort()).append(' ');
        }
        return heard.toString().trim();
    }
}
