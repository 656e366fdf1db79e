// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.Network;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * To ports that nothing is bound to. With a peer, each datagram's refusal makes the stream ready and is told once, by the
 * send of one that is not counted (S8, P2); without, nothing is told. What was counted the peer's kernel has counted, too.
 */
final class ClosedPortScene implements Scene {
    private static final int MOST = 60;
    private static final Duration GLANCE = Duration.ofMillis(500);

    @Override
    public void play(Lane lane) throws Exception {
        Family family = lane.setting.family();
        InetSocketAddress one = family.far(Link.STEADY, lane.port());
        InetSocketAddress other = family.far(Link.STEADY, lane.port());
        try (UdpSocket socket = lane.create(Network.unrestricted(), family.any())) {
            int count = 1 + lane.random.nextInt(MOST);
            int sent = lane.random.nextBoolean()
                    ? toThePeer(lane, lane.stream(socket, one), count)
                    : toBoth(lane.stream(socket, null), one, other, count);
            SoakFailure.requireEqual("datagrams sent", sent, socket.statistics().datagramsSent());
            lane.ledger.sentToClosedPorts.add(sent);
            lane.account(socket);
        }
    }

    /** Ends early if the peer's kernel failed to send an error, which it counts. */
    private static int toThePeer(Lane lane, DatagramStreams streams, int count) throws Exception {
        long untold = untold(lane);
        for (int i = 0; i < count; i++) {
            SoakFailure.requireEqual("sent of one", 1, send(streams, datagram(i, null)));
            if (!isReady(lane, streams.incoming().subscribe())) {
                SoakFailure.require(untold(lane) > untold, "no error is told of datagram " + i + " to a closed port");
                lane.soak.happenings.note("ICMP errors that the peers' kernel failed to send");
                return i + 1;
            }
            try {
                int sent = send(streams, datagram(i, null));
                throw new SoakFailure("the send behind a refused one: " + sent + " sent, and not CONNECTION_REFUSED");
            } catch (SocketErrorException e) {
                SoakFailure.require(e.errorCode() == ErrorCode.CONNECTION_REFUSED, "to a closed port: " + e);
            }
        }
        return count;
    }

    private static boolean isReady(Lane lane, Pollable incoming) {
        long begin = System.nanoTime();
        while (!incoming.ready()) {
            if (System.nanoTime() - begin > lane.patience().toNanos()) {
                return false;
            }
            lane.await(GLANCE, incoming);
        }
        return true;
    }

    /** Those errors that found no room in the kernel's own socket, as while others wait for a neighbour that is away. */
    private static long untold(Lane lane) throws Exception {
        return lane.soak.descriptors.whilePlenty(() ->
                KernelCounters.icmp(lane.soak.farNet, lane.setting.family()).get("OutErrors"));
    }

    /** Destinations that take turns leave as one packet each, which is how the kernel counts them. */
    private static int toBoth(DatagramStreams streams, InetSocketAddress one, InetSocketAddress other, int count)
            throws SocketErrorException {
        List<OutgoingDatagram> datagrams = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            datagrams.add(datagram(i, i % 2 == 0 ? one : other));
        }
        streams.outgoing().checkSend();
        SoakFailure.requireEqual(
                "sent to closed ports", count, streams.outgoing().send(datagrams));
        return count;
    }

    private static int send(DatagramStreams streams, OutgoingDatagram datagram) throws SocketErrorException {
        SoakFailure.require(streams.outgoing().checkSend() > 0, "the gate is closed though nothing was sent");
        return streams.outgoing().send(List.of(datagram));
    }

    private static OutgoingDatagram datagram(int size, InetSocketAddress to) {
        return new OutgoingDatagram(ByteBuffer.allocate(1 + size), to);
    }

    @Override
    public String toString() {
        return "closed ports";
    }
}
