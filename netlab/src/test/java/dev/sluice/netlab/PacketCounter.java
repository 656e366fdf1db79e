// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts, by nftables, the packets that arrive in the peer's namespace and match an expression. */
final class PacketCounter {
    private static final Pattern PACKETS = Pattern.compile("counter packets (\\d+)");

    private final Peer peer;

    /**
     * A counter.
     *
     * @param match an expression of nft(8), such as {@code ip dscp 46}
     */
    PacketCounter(Lab lab, String match) {
        peer = lab.peer;
        peer.run("nft flush ruleset");
        peer.run("nft add table inet lab");
        peer.run("nft add chain inet lab arriving { type filter hook prerouting priority -300 ; }");
        peer.run("nft add rule inet lab arriving meta l4proto udp " + match + " counter");
    }

    long packets() {
        Matcher counter = PACKETS.matcher(peer.run("nft list chain inet lab arriving"));
        if (!counter.find()) {
            throw new IllegalStateException("no counter");
        }
        return Long.parseLong(counter.group(1));
    }
}
