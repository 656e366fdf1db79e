// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import dev.sluice.udp.SocketStatistics;
import java.util.concurrent.atomic.LongAdder;

/** What happened in one family since the run began: what the kernel's counters are compared with. */
final class Ledger {
    /** Handed to the kernel, as the sockets' own statistics say. */
    final LongAdder sent = new LongAdder();

    /** Of those, the ones that a provider sent that makes no segments: one packet each. */
    final LongAdder sentWhole = new LongAdder();

    /** Taken from the kernel, as the sockets' own statistics say, whether they were delivered or dropped. */
    final LongAdder received = new LongAdder();

    /** Dropped by the kernel here, as each socket's line in {@code /proc/net/udp} says. */
    final LongAdder dropped = new LongAdder();

    /** Taken by the peers. */
    final LongAdder peersTook = new LongAdder();

    /** Dropped by the peers' kernel, as each socket's line says. */
    final LongAdder peersDropped = new LongAdder();

    /** Sent, one packet each, over the steady link to ports that nothing was bound to. */
    final LongAdder sentToClosedPorts = new LongAdder();

    /** Lost on the steady link, which says how many packets of any kind it had no room for. */
    final LongAdder lostByLink = new LongAdder();

    /** Closes the account of a socket, which is to be used no more. */
    void add(SocketStatistics statistics, boolean segments) {
        sent.add(statistics.datagramsSent());
        if (!segments) {
            sentWhole.add(statistics.datagramsSent());
        }
        received.add(taken(statistics));
    }

    void add(Peer.Taken taken) {
        peersTook.add(taken.datagrams());
        peersDropped.add(taken.dropped());
    }

    /** What a socket took from the kernel. */
    static long taken(SocketStatistics statistics) {
        return statistics.datagramsReceived() + statistics.droppedByPeerFilter() + statistics.droppedByNetwork();
    }
}
