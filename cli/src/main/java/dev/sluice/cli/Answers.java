package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.UdpSocket;
import java.io.IOException;
import java.util.List;

/** Datagrams that come back to a sender: printed, or dropped if nothing waits for them. */
final class Answers {
    private final DatagramPrinter printer;
    private long datagrams;
    private long bytes;
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
        datagrams += batch.size();
        for (int i = 0; i < batch.size(); i++) {
            bytes += batch.length(i);
        }
    }

    long datagrams() {
        return datagrams;
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
        return printer == null ? "" : "; received " + Totals.text(datagrams, bytes) + Totals.dropped(sockets);
    }
}
