package dev.sluice.cli;

import java.util.OptionalLong;

/** How summaries count. */
final class Totals {
    private Totals() {}

    static String text(long datagrams, long bytes) {
        return datagrams + (datagrams == 1 ? " datagram, " : " datagrams, ") + bytes + " bytes";
    }

    /** What the kernel dropped, if it did and tells. */
    static String dropped(OptionalLong datagrams) {
        return datagrams.orElse(0) == 0 ? "" : "; the kernel dropped " + datagrams.getAsLong() + " for want of buffer";
    }
}
