// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.quickstart;

import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Prints what arrives, until so many datagrams have: {@code java ... Receiver PORT COUNT}; port 0 picks a free one. */
public final class Receiver {
    public static void main(String[] args) throws IOException, InterruptedException {
        int expected = Integer.parseInt(args[1]);
        UdpSocketProvider provider = UdpSockets.provider();
        // region receiver
        try (UdpSocket socket = provider.open(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])))) {
            System.out.println("listening with " + provider.name() + " on port "
                    + socket.localAddress().getPort());
            IncomingDatagramStream in = socket.stream().incoming();
            for (int received = 0; received < expected; ) {
                for (IncomingDatagram datagram : in.receive(expected - received, Duration.ofMinutes(1))) {
                    System.out.println(StandardCharsets.UTF_8.decode(datagram.data()));
                    received++;
                }
            }
        }
        // endregion
    }

    private Receiver() {}
}
