package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;
import java.io.IOException;

/** Datagrams that come back to a sender: printed, or dropped if nothing waits for them. */
final class Answers {
    private final DatagramPrinter printer;
    private long datagrams;
    private long bytes;

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
        printer.print(batch);
        datagrams += batch.size();
        for (int i = 0; i < batch.size(); i++) {
            bytes += batch.length(i);
        }
    }

    long datagrams() {
        return datagrams;
    }

    /** For a summary. */
    String summary() {
        return printer == null ? "" : "; received " + Totals.text(datagrams, bytes);
    }
}
