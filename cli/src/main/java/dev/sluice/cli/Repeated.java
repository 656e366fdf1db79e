// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
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
    private Source current;
    private long round = 1;
    private boolean isEmpty = true;

    /**
     * A source that is read several times.
     *
     * @param times how often at most
     */
    Repeated(Opener opener, long times) throws IOException {
        this.opener = opener;
        this.times = times;
        this.current = opener.open();
    }

    @Override
    public ByteBuffer next() {
        ByteBuffer next = current.next();
        isEmpty &= next == null;
        return next;
    }

    @Override
    public boolean read() throws IOException, InterruptedException {
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
}
