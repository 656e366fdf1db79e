package dev.sluice.cli;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The same datagrams again and again. */
final class Repeated implements Source {
    /** How a source is begun anew. */
    @FunctionalInterface
    interface Opener {
        Source open() throws IOException;
    }

    private final Opener opener;
    private final long times;
    private final long nanos;
    private final long start = System.nanoTime();
    private Source current;
    private long round = 1;
    private boolean isEmpty = true;

    /**
     * A source that is read several times.
     *
     * @param times how often at most
     * @param nanos how long at most: nothing is given after that
     */
    Repeated(Opener opener, long times, long nanos) throws IOException {
        this.opener = opener;
        this.times = times;
        this.nanos = nanos;
        this.current = opener.open();
    }

    @Override
    public ByteBuffer next() {
        ByteBuffer next = isOver() ? null : current.next();
        isEmpty &= next == null;
        return next;
    }

    @Override
    public boolean read() throws IOException {
        if (isOver()) {
            return false;
        }
        if (current.read()) {
            return true;
        }
        if (round == times || isEmpty) {
            return false;
        }
        round++;
        current.close();
        current = opener.open();
        return true;
    }

    @Override
    public void close() throws IOException {
        current.close();
    }

    private boolean isOver() {
        return System.nanoTime() - start >= nanos;
    }
}
