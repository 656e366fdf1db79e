// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.quickstart;

// region sender
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Sends its arguments: {@code java ... Sender HOST PORT LINE...}. */
public final class Sender {
    public static void main(String[] args) throws IOException, InterruptedException {
        InetSocketAddress destination = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        List<OutgoingDatagram> pending = Arrays.stream(args)
                .skip(2)
                .map(line -> new OutgoingDatagram(StandardCharsets.UTF_8.encode(line)))
                .toList();

        UdpSocketProvider provider = UdpSockets.provider(); // the best one of this machine
        try (UdpSocket socket = provider.open(new InetSocketAddress("0.0.0.0", 0))) {
            OutgoingDatagramStream out = socket.stream(destination).outgoing();
            while (!pending.isEmpty()) {
                int done;
                try {
                    done = out.sendAll(pending, Duration.ofMinutes(1)); // waits while the kernel's buffer is full
                } catch (SocketErrorException e) {
                    if (e.errorCode() == ErrorCode.INVALID_STATE) {
                        throw e; // the socket is closed
                    }
                    done = e.concernsEarlierDatagram() ? 0 : 1; // send the same again, or leave out the one that failed
                }
                pending = pending.subList(done, pending.size());
            }
            System.out.println("sent through " + provider.name() + ": "
                    + socket.statistics().datagramsSent());
        }
    }

    private Sender() {}
}
// endregion
