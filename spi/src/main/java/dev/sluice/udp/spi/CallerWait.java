// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicBoolean;

/** Waiting for a stream on the calling thread, in the transport itself, without a hand-over between threads (P6). */
final class CallerWait {
    private final StreamPollable.Direction direction;

    /** Whether a thread waits; only one does at a time. */
    private final AtomicBoolean waiting = new AtomicBoolean();

    CallerWait(StreamPollable.Direction direction) {
        this.direction = direction;
    }

    /**
     * Waits, where the transport can, on a platform thread and not beside another thread.
     *
     * @return whether it is ready; if not, the time may be over, or the transport can't wait
     */
    boolean untilReady(long nanos) throws InterruptedException {
        if (direction.ready()) {
            return true;
        }
        if (nanos <= 0 || VirtualThreads.isVirtual(Thread.currentThread()) || !waiting.compareAndSet(false, true)) {
            return false;
        }
        try {
            long start = System.nanoTime();
            // Asked once more behind the flag: the end of the stream calls wakeup only if it sees the flag.
            while (!direction.ready()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                long rest = nanos - (System.nanoTime() - start);
                if (rest <= 0 || !direction.await(rest)) {
                    return false;
                }
            }
            return true;
        } finally {
            waiting.set(false);
            Reference.reachabilityFence(direction); // the transport waits under no lock that would keep it open
        }
    }

    /** Ends the wait, if there is one. */
    void wakeup() {
        if (waiting.get()) {
            direction.wakeup();
        }
    }
}
