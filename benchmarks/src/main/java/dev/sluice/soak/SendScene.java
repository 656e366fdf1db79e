// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import dev.sluice.udp.Network;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;

/** To a peer that listens: what was counted arrives once and whole, or the peer's kernel says that it dropped it. */
final class SendScene implements Scene {
    private static final int FEW = 40;
    private static final int MANY = 20_000;

    @Override
    public void play(Lane lane) throws Exception {
        InetSocketAddress far = lane.setting.family().far(Link.STEADY, lane.port());
        lane.peer.open(far);
        try (UdpSocket socket =
                lane.create(Network.unrestricted(), lane.setting.family().any())) {
            int rounds = 1 + lane.random.nextInt(3);
            long sent = 0;
            for (int round = 0;
                    round < rounds;
                    round++) { // each on a pair of streams of its own, with a peer or without
                sent += send(lane, socket, far);
            }
            SoakFailure.requireEqual(
                    "datagrams sent, in its statistics",
                    sent,
                    socket.statistics().datagramsSent());
            lane.account(socket);
        }
        lane.peer.close(far);
    }

    private static int send(Lane lane, UdpSocket socket, InetSocketAddress far) throws Exception {
        boolean withPeer = lane.random.nextBoolean();
        int count = 1 + lane.random.nextInt(lane.random.nextBoolean() ? FEW : MANY);
        Flow flow = new Flow(lane.random.nextLong());
        Sender sender =
                new Sender(lane, lane.stream(socket, withPeer ? far : null).outgoing(), withPeer ? null : far, flow);
        LinkLosses losses = LinkLosses.towardsPeers(lane);
        Peer.Taken taken = new Peer.Taken(0, 0, 0);
        long missing = 0;
        while (sender.sent() < count) {
            int upTo = Math.min(count, sender.sent() + 1 + lane.random.nextInt(Lane.MOST_UNDER_WAY));
            lane.peer.beginTaking(far, flow, upTo - (int) missing, lane.patience());
            sender.until(upTo);
            taken = lane.peer.taken();
            missing = upTo - taken.datagrams() - taken.dropped();
            losses.requireToExplain(missing, upTo + " sent, " + taken);
        }
        lane.ledger.add(taken);
        lane.ledger.lostByLink.add(missing);
        return count;
    }

    @Override
    public String toString() {
        return "sending";
    }
}
