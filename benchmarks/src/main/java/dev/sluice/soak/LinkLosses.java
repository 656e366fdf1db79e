// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.nio.file.Path;

/**
 * What a link had no room for, from some moment on. It happens where others keep this machine's CPUs busy, and is counted
 * in packets: one may hold as many datagrams as a segmented send, and be any lane's.
 */
final class LinkLosses {
    /** UDP_MAX_SEGMENTS of include/linux/udp.h, since Linux 6.9. */
    private static final int MOST_SEGMENTS = 128;

    private final Lane lane;
    private final Path net;
    private final int mostInOne;
    private final long before;

    private LinkLosses(Lane lane, Path net, int mostInOne) throws Exception {
        this.lane = lane;
        this.net = net;
        this.mostInOne = mostInOne;
        this.before = count();
    }

    static LinkLosses towardsPeers(Lane lane) throws Exception {
        return new LinkLosses(lane, SoakWorld.OWN_NET, lane.setting.segments() ? MOST_SEGMENTS : 1);
    }

    static LinkLosses fromPeers(Lane lane) throws Exception {
        return new LinkLosses(lane, lane.soak.farNet, 1);
    }

    private long count() throws Exception {
        long drops = 0;
        for (Link link : Link.values()) {
            drops += lane.linkDrops(net, net == SoakWorld.OWN_NET ? link.here() : link.there());
        }
        return drops;
    }

    /** Fails if datagrams are missing, and the links haven't lost as many. */
    void requireToExplain(long missing, String facts) throws Exception {
        if (missing != 0) {
            long packets = count() - before;
            SoakFailure.require(
                    0 <= missing && missing <= packets * mostInOne,
                    missing + " datagrams are missing, and the links had no room for " + packets + " packets: "
                            + facts);
            lane.soak.happenings.note("losses of a link for want of room");
        }
    }
}
