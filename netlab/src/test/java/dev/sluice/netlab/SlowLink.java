// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How slow this end of the link is: so slow that the send buffer fills.
 *
 * <p>Two processors empty the queue of such a link, the sender's and that of the queue's timer. Each hands the peer's end
 * what it took, so that datagrams may overtake each other in the kernel: what arrives is to be compared in any order.
 */
enum SlowLink {
    /** 1 MB/s, behind a queue that holds more than the send buffer. */
    SLOW("rate 8mbit burst 20kb limit 2mb"),

    /** The same behind a queue that holds less, and drops the rest. */
    SLOW_WITH_A_SHORT_QUEUE("rate 8mbit burst 20kb limit 40kb"),

    /** 2.5 kB/s: a full send buffer takes some forty seconds until it is half empty. */
    NEARLY_STOPPED("rate 20kbit burst 20kb limit 2mb");

    private static final Pattern DROPPED = Pattern.compile("dropped (\\d+)");

    private final String bucket;

    SlowLink(String bucket) {
        this.bucket = bucket;
    }

    /** The link, which was as fast as the processor, becomes so slow. */
    void begin() {
        tc("add");
    }

    /** The link, which was slow, becomes slow like this. */
    void changeTo() {
        tc("change");
    }

    /** The peer's end of the link, which was as fast as the processor, becomes so slow. */
    void beginAt(Peer peer) {
        peer.run("tc qdisc add dev " + Lab.THERE + " root tbf " + bucket);
    }

    /** The peer's end of the link, which was slow, becomes slow like this. */
    void changeToAt(Peer peer) {
        peer.run("tc qdisc change dev " + Lab.THERE + " root tbf " + bucket);
    }

    private void tc(String action) {
        Commands.run("tc qdisc " + action + " dev here root tbf " + bucket);
    }

    /** How many packets the queue has dropped. */
    static long dropped() {
        Matcher matcher = DROPPED.matcher(Commands.run("tc -s qdisc show dev here"));
        if (!matcher.find()) {
            throw new IllegalStateException("no count of drops");
        }
        return Long.parseLong(matcher.group(1));
    }
}
