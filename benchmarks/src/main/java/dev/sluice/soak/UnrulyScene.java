// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Over a link that goes down and changes its MTU, to a peer that comes and goes: much is lost, but nothing is doubled or
 * damaged, and nothing arrives that wasn't counted (S7). Afterwards the same socket sends as if nothing had been.
 */
final class UnrulyScene implements Scene {
    private static final Set<ErrorCode> EXPECTED =
            EnumSet.of(ErrorCode.REMOTE_UNREACHABLE, ErrorCode.CONNECTION_REFUSED, ErrorCode.DATAGRAM_TOO_LARGE);

    private static final int LONGEST_MILLIS = 600;
    private static final int MOST_AT_ONCE = 64;
    private static final int WARM_UPS = 200;
    private static final int AFTERWARDS = 40;
    private static final long PAUSE_NANOS = 1_000_000;
    private static final Duration WARM_UP = Duration.ofMillis(20);
    private static final Duration SETTLING = Duration.ofMillis(200);

    @Override
    public void play(Lane lane) throws Exception {
        InetSocketAddress far = lane.setting.family().far(Link.UNRULY, lane.port());
        try (UdpSocket socket =
                lane.create(Network.unrestricted(), lane.setting.family().any())) {
            boolean withPeer = lane.random.nextBoolean();
            var out = lane.soak
                    .unruliness
                    .whileCalm(() -> lane.stream(socket, withPeer ? far : null))
                    .outgoing();
            Flow flow = new Flow(lane.random.nextLong());
            Sender sender = new Sender(lane, out, withPeer ? null : far, flow);
            int millis = 1 + lane.random.nextInt(LONGEST_MILLIS);
            lane.peer.beginComingAndGoing(far, flow, millis);
            sendFor(lane, sender, millis);
            Peer.Taken taken = lane.peer.taken();
            lane.ledger.add(taken);
            SoakFailure.require(
                    taken.end() <= sender.sent(),
                    "datagram " + (taken.end() - 1) + " arrived, but only " + sender.sent() + " were counted");
            lane.soak.unruliness.whileCalm(() -> {
                sendAfterwards(lane, far, sender, flow);
                return null;
            });
            lane.account(socket);
        }
    }

    private static void sendFor(Lane lane, Sender sender, int millis) throws SocketErrorException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            sendSome(lane, sender, MOST_AT_ONCE);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static void sendSome(Lane lane, Sender sender, int most) throws SocketErrorException {
        try {
            sender.once(most);
        } catch (SocketErrorException e) {
            if (!EXPECTED.contains(e.errorCode())) {
                throw e;
            }
            lane.soak.happenings.note("sends that failed with " + e.errorCode());
        }
    }

    /** While the link is up: one at a time until the first arrives, and then some that all have to. */
    private static void sendAfterwards(Lane lane, InetSocketAddress far, Sender sender, Flow flow) throws Exception {
        lane.peer.open(far);
        for (int attempt = 0; true; attempt++) {
            SoakFailure.require(attempt < WARM_UPS, "nothing arrives any more, though the link is up again");
            sendSome(lane, sender, 1);
            if (lane.peer.takeFor(far, flow, WARM_UP).datagrams() > 0) {
                break;
            }
        }
        Peer.Taken before = lane.peer.takeFor(far, flow, SETTLING); // what waited for the neighbour's address
        lane.peer.beginTaking(far, flow, (int) (before.datagrams() + before.dropped()) + AFTERWARDS, lane.patience());
        LinkLosses losses = LinkLosses.towardsPeers(lane);
        int end = sender.sent() + AFTERWARDS;
        while (sender.sent() < end) {
            sendSome(lane, sender, end - sender.sent()); // an error may still be told of what went before
        }
        Peer.Taken taken = lane.peer.taken();
        lane.ledger.add(taken);
        losses.requireToExplain(
                before.datagrams() + before.dropped() + AFTERWARDS - taken.datagrams() - taken.dropped(),
                before + " and then " + taken);
        lane.peer.close(far);
    }

    @Override
    public String toString() {
        return "the unruly link";
    }
}
