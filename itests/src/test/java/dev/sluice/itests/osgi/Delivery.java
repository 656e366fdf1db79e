// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** That a line which an application sends arrives. */
final class Delivery {
    private Delivery() {}

    /** Whatever sends a line. */
    interface Sending {
        boolean send(String line, InetSocketAddress destination) throws Exception;
    }

    static void of(Sending sender) throws Exception {
        try (DatagramSocket receiver =
                new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0))) {
            receiver.setSoTimeout((int) OsgiTest.PATIENCE.toMillis());
            assertTrue(sender.send("gauge:42", (InetSocketAddress) receiver.getLocalSocketAddress()));
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            receiver.receive(packet);
            assertEquals("gauge:42", new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
        }
    }
}
