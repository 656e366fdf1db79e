package dev.sluice.endive.wasi.io;

import dev.sluice.endive.abi.Resource;
import dev.sluice.endive.abi.Trap;
import java.io.IOException;
import java.io.OutputStream;

/** {@code output-stream} of {@code wasi:io/streams}, on a Java stream, which accepts every write and may block. */
public final class OutputStreamResource implements Resource {
    /** What check-write permits. The Java stream has no limit of its own. */
    static final int PERMIT = 64 << 10;

    /** The most bytes of one blocking write, by the WIT. */
    static final int MOST_BLOCKING = 4096;

    private final OutputStream target;
    private boolean closed;
    private long permitted;

    public OutputStreamResource(OutputStream target) {
        this.target = target;
    }

    long checkWrite() throws StreamException {
        permitted = 0;
        ensureOpen();
        permitted = PERMIT;
        return permitted;
    }

    void spend(long bytes) {
        if (Long.compareUnsigned(bytes, permitted) > 0) {
            throw new Trap(
                    "write of " + Long.toUnsignedString(bytes) + " bytes, but check-write permitted " + permitted);
        }
        permitted -= bytes;
    }

    void write(byte[] bytes) throws StreamException {
        ensureOpen();
        try {
            target.write(bytes);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    void flush() throws StreamException {
        ensureOpen();
        try {
            target.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** By the WIT, a stream is closed after an error. */
    private StreamException failed(IOException e) {
        closed = true;
        return StreamException.failed(e);
    }

    private void ensureOpen() throws StreamException {
        if (closed) {
            throw StreamException.closed();
        }
    }
}
