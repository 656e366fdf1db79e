// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

/** Where datagrams go, or where they come from and how they were sent. */
enum Place {
    LOOPBACK("loopback, unread", false, false, false),
    READER("loopback, with a reader", false, false, false),
    VETH("veth, dropped at once", false, true, false),

    SINGLES("loopback, sent one by one", true, false, false),
    TRIPS("loopback, sent by offload", true, false, true),
    LINK_SINGLES("veth, sent one by one", true, true, false),
    LINK_TRIPS("veth, sent by offload", true, true, true);

    final String title;

    /** Whether receivers are compared there, not senders. */
    final boolean receiving;

    /** Whether it needs the link between two network namespaces. */
    final boolean link;

    /** Whether the datagrams of a list left as super-packets (UDP_SEGMENT). */
    final boolean trips;

    Place(String title, boolean receiving, boolean link, boolean trips) {
        this.title = title;
        this.receiving = receiving;
        this.link = link;
        this.trips = trips;
    }
}
