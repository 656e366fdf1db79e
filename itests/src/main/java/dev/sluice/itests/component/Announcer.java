// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.component;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Says once that it is there, in a datagram to the local port that a system property names; without one, nothing. */
@Component(
        immediate = true,
        service = {})
public final class Announcer {
    private static final String PORT = "sluice.itests.announce";

    @Activate
    public Announcer(@Reference UdpSocketProvider provider) throws SocketErrorException {
        Integer port = Integer.getInteger(PORT);
        if (port != null) {
            try (UdpSocket socket = provider.open(new InetSocketAddress("127.0.0.1", 0))) {
                byte[] line = ("here with " + provider.name()).getBytes(StandardCharsets.UTF_8);
                socket.stream()
                        .outgoing()
                        .trySend(new OutgoingDatagram(ByteBuffer.wrap(line), new InetSocketAddress("127.0.0.1", port)));
            }
        }
    }
}
