// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.UdpSocket;
import java.io.IOException;
import java.util.List;

/** Datagrams that come back to a sender: printed, or dropped if nothing waits for them. */
final class Answers {
    private final DatagramPrinter printer;
    private final Totals totals = new Totals();
    private boolean isRead = true;

    /** Drops them all. */
    Answers() {
        this.printer = null;
    }

    /** Prints them. */
    Answers(Stdio io, PrintOptions options) {
        this.printer = new DatagramPrinter(io, options, IpAddressFamily.IPV6.maxDatagramSize());
    }

    boolean arePrinted() {
        return printer != null;
    }

    void take(DatagramBatch batch) throws IOException {
        if (printer == null) {
            return;
        }
        isRead &= printer.print(batch);
        totals.add(batch, 0, batch.size());
    }

    long datagrams() {
        return totals.datagrams();
    }

    /** Whether the output still has a reader. */
    boolean isRead() {
        return isRead;
    }

    /**
     * For a summary.
     *
     * @param sockets those they came to
     */
    String summary(List<UdpSocket> sockets) {
        return printer == null ? "" : "; received " + totals + Totals.dropped(sockets);
    }
}
