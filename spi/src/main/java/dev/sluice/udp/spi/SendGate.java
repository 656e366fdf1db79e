package dev.sluice.udp.spi;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The one gate of a stream, which {@code checkSend} and the pollable both read (C2): open at first, closed by a send
 * that met a full buffer, opened when the kernel reports the socket writable.
 *
 * <p>Its state is a count of turns, odd while closed. Who was told by the kernel that the socket is writable opens the
 * gate only if it is still in the turn in which he asked: an old report must not open a gate that has closed since.
 */
final class SendGate {
    private final AtomicLong turn = new AtomicLong();

    boolean isOpen() {
        return (turn.get() & 1) == 0;
    }

    /** The turn now, to be given to {@link #open}. */
    long turn() {
        return turn.get();
    }

    /** A send met a full buffer. Called under the send lock. */
    void close() {
        turn.addAndGet(isOpen() ? 1 : 2);
    }

    /** The kernel reported, after the given turn had been read, that the socket is writable. */
    void open(long askedInTurn) {
        if ((askedInTurn & 1) != 0) {
            turn.compareAndSet(askedInTurn, askedInTurn + 1);
        }
    }
}
