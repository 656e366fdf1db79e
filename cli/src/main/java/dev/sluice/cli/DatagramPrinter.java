// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Prints datagrams: payloads on standard output, where they came from on standard error. */
final class DatagramPrinter {
    private static final int BUFFER = 64 * 1024;

    private final Stdio io;
    private final PrintOptions options;
    private final OutputStream out;
    private final byte[] payload;
    private final StringBuilder sources = new StringBuilder();

    DatagramPrinter(Stdio io, PrintOptions options, int maxSize) {
        this.io = io;
        this.options = options;
        this.out = new BufferedOutputStream(io.out(), BUFFER);
        this.payload = new byte[maxSize];
    }

    /**
     * Prints all of a batch; when it returns, it has left this process.
     *
     * @return false if its reader has gone
     * @throws IOException if the payloads can't be written
     */
    boolean print(DatagramBatch batch) throws IOException {
        if (!options.quiet) {
            printSources(batch);
        }
        try {
            for (int i = 0; i < batch.size(); i++) {
                batch.memory().get(batch.offset(i), payload, 0, batch.length(i));
                print(batch.length(i));
            }
            out.flush();
            return true;
        } catch (Output.ReaderGoneException e) {
            return false;
        }
    }

    private void printSources(DatagramBatch batch) {
        String time = options.timestamps ? Instant.now().truncatedTo(ChronoUnit.MICROS) + " " : "";
        sources.setLength(0);
        for (int i = 0; i < batch.size(); i++) {
            sources.append(time)
                    .append(HostPort.text(batch.remoteAddress(i)))
                    .append(' ')
                    .append(batch.length(i))
                    .append(" bytes")
                    .append(System.lineSeparator());
        }
        io.err().append(sources).flush();
    }

    private void print(int length) throws IOException {
        if (options.hex) {
            out.write(HexDump.of(payload, length));
            return;
        }
        out.write(payload, 0, length);
        if (!options.raw) {
            out.write('\n');
        }
    }
}
