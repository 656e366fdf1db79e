// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import dev.sluice.udp.SocketErrorException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lends a {@link PollCall} to each thread that waits: a descriptor for each of them, and not for each socket. */
final class PollCalls {
    /** How many are kept for the next that wait. */
    private static final int MOST_KEPT = 16;

    // Guarded by this.
    private final Deque<PollCall> kept = new ArrayDeque<>(MOST_KEPT);
    private boolean closed;

    PollCall take() throws SocketErrorException {
        synchronized (this) {
            if (!kept.isEmpty()) {
                return kept.pop();
            }
        }
        return new PollCall();
    }

    void giveBack(PollCall call) {
        call.reset();
        synchronized (this) {
            if (!closed && kept.size() < MOST_KEPT) {
                kept.push(call);
                return;
            }
        }
        call.close();
    }

    /** Those that are lent are closed when they are given back. */
    void close() {
        Deque<PollCall> last;
        synchronized (this) {
            closed = true;
            last = new ArrayDeque<>(kept);
            kept.clear();
        }
        last.forEach(PollCall::close);
    }
}
