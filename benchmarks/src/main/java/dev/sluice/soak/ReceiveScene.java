// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * From a peer, with others sending too: what was sent is delivered once and whole, or dropped and counted, by the stream
 * for its peer (U4) or its network (R4), or by the kernel for want of buffer.
 */
final class ReceiveScene implements Scene {
    private static final int MANY = 8_000;
    private static final int FEW = 40;
    private static final Duration GLANCE = Duration.ofMillis(50);

    @Override
    public void play(Lane lane) throws Exception {
        Family family = lane.setting.family();
        InetSocketAddress wanted = family.far(Link.STEADY, lane.port());
        InetSocketAddress unwanted = family.far(Link.STEADY, lane.port());
        lane.peer.open(wanted);
        lane.peer.open(unwanted);
        boolean byPeer = lane.random.nextBoolean();
        Network network = byPeer ? Network.unrestricted() : new AllBut(unwanted);
        try (UdpSocket socket = lane.create(network, family.near(Link.STEADY, 0))) {
            int port = socket.localAddress().getPort();
            InetSocketAddress near = family.near(Link.STEADY, port);
            LinkLosses losses = LinkLosses.fromPeers(lane);
            // Of the others those that are queued already: once there is a peer, the kernel refuses them itself.
            int others = lane.random.nextInt(FEW);
            lane.peer.beginSending(unwanted, near, new Flow(lane.random.nextLong()), 0, others);
            lane.peer.sent(others);
            IncomingDatagramStream in =
                    lane.stream(socket, byPeer ? wanted : null).incoming();
            Flow flow = new Flow(lane.random.nextLong());
            Arrivals arrivals = new Arrivals(flow);
            int count = 1 + lane.random.nextInt(lane.random.nextBoolean() ? FEW : MANY);
            long missing = 0;
            for (int sent = 0; sent < count; ) {
                int some = Math.min(count - sent, 1 + lane.random.nextInt(Lane.MOST_UNDER_WAY));
                lane.peer.beginSending(wanted, near, flow, sent, some);
                sent += some;
                missing += receive(lane, socket, in, arrivals, wanted, sent + others - missing);
                lane.peer.sent(some);
                losses.requireToExplain(missing, sent + " sent and " + others + " others, " + socket.statistics());
            }
            long drops = lane.drops(port);
            SoakFailure.requireEqual(
                    "delivered, by its statistics",
                    arrivals.count(),
                    socket.statistics().datagramsReceived());
            SoakFailure.require(arrivals.problem() == null, "received " + arrivals.problem());
            lane.ledger.dropped.add(drops);
            lane.account(socket);
        }
        lane.peer.close(wanted);
        lane.peer.close(unwanted);
    }

    /** Receives until, with what was dropped, it is so many; answers how many are missing when nothing has come for a while. */
    private static long receive(
            Lane lane,
            UdpSocket socket,
            IncomingDatagramStream in,
            Arrivals arrivals,
            InetSocketAddress wanted,
            long total)
            throws Exception {
        int port = socket.localAddress().getPort();
        long last = System.nanoTime();
        while (true) {
            if (receiveSome(lane, in, arrivals, wanted)) {
                last = System.nanoTime();
                continue;
            }
            long accounted = Ledger.taken(socket.statistics());
            if (accounted < total) {
                accounted += lane.drops(port);
            }
            if (accounted >= total || System.nanoTime() - last > lane.patience().toNanos()) {
                return total - accounted;
            }
            lane.await(GLANCE, in.subscribe());
        }
    }

    private static boolean receiveSome(
            Lane lane, IncomingDatagramStream in, Arrivals arrivals, InetSocketAddress wanted)
            throws SocketErrorException {
        int most = 1 + lane.random.nextInt(64);
        if (lane.random.nextBoolean()) {
            var list = in.receive(most);
            for (IncomingDatagram datagram : list) {
                note(arrivals, wanted, datagram.remoteAddress(), datagram.data());
            }
            return !list.isEmpty();
        }
        DatagramBatch batch = lane.batch;
        batch.clear();
        int received = in.receive(batch, most);
        for (int i = 0; i < received; i++) {
            note(arrivals, wanted, batch.remoteAddress(i), batch.memory().slice(batch.offset(i), batch.length(i)));
        }
        return received > 0;
    }

    private static void note(Arrivals arrivals, InetSocketAddress wanted, InetSocketAddress source, ByteBuffer data) {
        SoakFailure.require(wanted.equals(source), "a datagram of " + source + " was delivered; wanted is " + wanted);
        arrivals.add(data);
    }

    /** Allows everything, except to receive from one address. */
    private record AllBut(InetSocketAddress refused) implements Network {
        @Override
        public boolean mayBind(InetSocketAddress local) {
            return true;
        }

        @Override
        public boolean maySendTo(InetSocketAddress remote) {
            return true;
        }

        @Override
        public boolean mayReceiveFrom(InetSocketAddress remote) {
            return !remote.equals(refused);
        }
    }

    @Override
    public String toString() {
        return "receiving";
    }
}
