// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A bound socket of the provider under test, and how an application uses it. */
final class Sender implements AutoCloseable {
    /** A bound on waiting that no test depends on. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final UdpSocket socket;
    DatagramStreams streams;

    /** What has been counted as sent, in order. */
    final List<OutgoingDatagram> counted = new ArrayList<>();

    /** How often the gate was found closed. */
    int closedGates;

    Sender(String provider, Family family, InetSocketAddress peer) throws IOException {
        socket = UdpSockets.provider(provider).createSocket(family.address);
        socket.bind(family.any());
        stream(peer);
    }

    void stream(InetSocketAddress peer) throws IOException {
        streams = socket.stream(peer);
    }

    OutgoingDatagramStream out() {
        return streams.outgoing();
    }

    /** One permitted send. */
    int send(List<OutgoingDatagram> datagrams) throws IOException {
        assertTrue(out().checkSend() >= datagrams.size(), "the gate is open");
        int sent = out().send(datagrams);
        counted.addAll(datagrams.subList(0, sent));
        return sent;
    }

    /** One permitted send that fails; nothing of it is counted. */
    SocketErrorException sendFails(List<OutgoingDatagram> datagrams) {
        return assertThrows(SocketErrorException.class, () -> send(datagrams));
    }

    /** Sends the whole list, waiting for the gate where it is closed. */
    void sendAll(List<OutgoingDatagram> datagrams) throws IOException, InterruptedException {
        List<OutgoingDatagram> rest = datagrams;
        while (!rest.isEmpty()) {
            int permitted = out().checkSend();
            if (permitted == 0) {
                closedGates++;
                assertTrue(out().subscribe().block(PATIENCE), "the gate opens again");
                continue;
            }
            int sent = out().send(rest.subList(0, Math.min(permitted, rest.size())));
            counted.addAll(rest.subList(0, sent));
            rest = rest.subList(sent, rest.size());
        }
    }

    /**
     * Sends datagrams one by one as an application does that wants to lose none: again, if the error was an earlier one's, and
     * not again, if it was its own.
     *
     * @return how often a send was refused
     */
    int sendEach(List<OutgoingDatagram> datagrams) throws IOException, InterruptedException {
        int refused = 0;
        for (int next = 0; next < datagrams.size(); ) {
            if (out().checkSend() == 0) {
                assertTrue(out().subscribe().block(PATIENCE), "the gate opens again");
                continue;
            }
            try {
                int sent = out().send(datagrams.subList(next, next + 1));
                counted.addAll(datagrams.subList(next, next + sent));
                next += sent;
            } catch (SocketErrorException e) {
                refused++;
                next += e.concernsEarlierDatagram() ? 0 : 1;
            }
        }
        return refused;
    }

    @Override
    public void close() {
        socket.close();
    }
}
