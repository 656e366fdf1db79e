package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Prints datagrams: payloads on standard output, where they came from on standard error. */
final class DatagramPrinter {
    private static final int BUFFER = 64 * 1024;

    private final Stdio io;
    private final boolean raw;
    private final OutputStream out;
    private final byte[] payload;
    private final StringBuilder sources = new StringBuilder();

    DatagramPrinter(Stdio io, boolean raw, int maxSize) {
        this.io = io;
        this.raw = raw;
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
        sources.setLength(0);
        for (int i = 0; i < batch.size(); i++) {
            sources.append(HostPort.text(batch.remoteAddress(i)))
                    .append(' ')
                    .append(batch.length(i))
                    .append(" bytes")
                    .append(System.lineSeparator());
        }
        io.err().append(sources).flush();
        try {
            for (int i = 0; i < batch.size(); i++) {
                batch.memory().get(batch.offset(i), payload, 0, batch.length(i));
                out.write(payload, 0, batch.length(i));
                if (!raw) {
                    out.write('\n');
                }
            }
            out.flush();
            return true;
        } catch (Output.ReaderGoneException e) {
            return false;
        }
    }
}
