// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** Says of each provider whether it has IPv6 sockets, and whether an IPv4 one reaches itself. */
final class NoIpv6Main {
    private NoIpv6Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (UdpSocketProvider provider : UdpSockets.providers()) {
            System.out.println(provider.name() + " IPv6 " + ipv6(provider) + ", IPv4 " + ipv4(provider));
        }
    }

    private static String ipv6(UdpSocketProvider provider) {
        try {
            provider.createSocket(IpAddressFamily.IPV6).close();
            return "there";
        } catch (SocketErrorException e) {
            return e.errorCode().witName();
        }
    }

    private static String ipv4(UdpSocketProvider provider) throws IOException, InterruptedException {
        try (UdpSocket socket = provider.createSocket(IpAddressFamily.IPV4)) {
            socket.bind(new InetSocketAddress("127.0.0.1", 0));
            DatagramStreams streams = socket.stream(socket.localAddress());
            streams.outgoing().checkSend();
            streams.outgoing().send(List.of(new OutgoingDatagram(ByteBuffer.allocate(3))));
            streams.incoming().subscribe().block(Duration.ofSeconds(30));
            return streams.incoming().receive(1).isEmpty() ? "silent" : "works";
        }
    }
}
