package dev.sluice.benchmarks;

/** Where the datagrams go. */
enum Place {
    LOOPBACK("loopback, unread"),
    READER("loopback, with a reader"),
    VETH("veth, dropped at once");

    final String title;

    Place(String title) {
        this.title = title;
    }
}
