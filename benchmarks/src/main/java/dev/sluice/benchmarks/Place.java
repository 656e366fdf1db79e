package dev.sluice.benchmarks;

/** Where datagrams go, or where they come from and how they were sent. */
enum Place {
    LOOPBACK("loopback, unread"),
    READER("loopback, with a reader"),
    VETH("veth, dropped at once"),

    SINGLES("loopback, sent one by one"),
    TRIPS("loopback, sent by offload"),
    LINK_SINGLES("veth, sent one by one"),
    LINK_TRIPS("veth, sent by offload");

    final String title;

    Place(String title) {
        this.title = title;
    }

    boolean isReceiving() {
        return ordinal() >= SINGLES.ordinal();
    }

    /** Whether the datagrams of a list left as super-packets (UDP_SEGMENT). */
    boolean isTrips() {
        return this == TRIPS || this == LINK_TRIPS;
    }

    /** Whether it needs the link between two network namespaces. */
    boolean isLink() {
        return this == VETH || this == LINK_SINGLES || this == LINK_TRIPS;
    }
}
