// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.UdpSocket;
import java.util.Arrays;
import java.util.Random;

/** Run in a JVM of its own: sends all kinds of runs through every way of sending and receiving, and compares. */
final class RoundTrip {
    private static final int ROUNDS = 200;

    private RoundTrip() {}

    /** Prints why the provider is unavailable, or what it can do once all has arrived as it was sent. */
    public static void main(String[] args) throws Exception {
        FfmProvider provider = new FfmProvider();
        if (provider.unavailability().isPresent()) {
            System.out.println("unavailable: " + provider.unavailability().get());
            return;
        }
        for (IpAddressFamily family : IpAddressFamily.values()) {
            run(provider, family, false);
            run(provider, family, true);
        }
        System.out.println("exact, with " + provider.capabilities());
        provider.close();
    }

    private static void run(FfmProvider provider, IpAddressFamily family, boolean connected) throws Exception {
        try (UdpSocket from = provider.createSocket(family);
                UdpSocket to = provider.createSocket(family)) {
            from.bind(Peer.loopback(family, 0));
            to.bind(Peer.loopback(family, 0));
            DatagramStreams receiver = to.stream(connected ? from.localAddress() : null);
            OutgoingDatagramStream out =
                    from.stream(connected ? to.localAddress() : null).outgoing();
            DatagramBatch batch = new DatagramBatch(64, 64 * 1200);
            Random random = new Random(1);
            for (int round = 0; round < ROUNDS; round++) {
                batch.clear();
                int count = 1 + random.nextInt(64);
                int size = random.nextInt(1200);
                for (int i = 0; i < count; i++) {
                    byte[] payload = new byte[random.nextInt(4) > 0 ? size : random.nextInt(1200)];
                    random.nextBytes(payload);
                    batch.add(connected ? null : to.localAddress(), payload, 0, payload.length);
                }
                for (int sent = 0; sent < count; ) {
                    sent += out.checkSend() > 0 ? out.send(batch, sent, count) : 0;
                }
                compare(receiver, batch, count);
            }
        }
    }

    private static void compare(DatagramStreams receiver, DatagramBatch batch, int count) throws Exception {
        for (int received = 0; received < count; ) {
            if (!receiver.incoming().subscribe().block(Peer.LONG)) {
                throw new AssertionError(received + " of " + count + " arrived");
            }
            for (IncomingDatagram datagram : receiver.incoming().receive(count - received)) {
                if (!Arrays.equals(datagram.data().array(), batch.bytes(received++))) {
                    throw new AssertionError("datagram " + received + " of " + count + " is another");
                }
            }
        }
    }
}
