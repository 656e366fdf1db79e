// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

/** A receiver that takes what is there by calls on this thread, which return at once. */
abstract class CallingReceiver implements Receiver {
    /** What comes over a link may be on its way for a moment when the sender's call has returned. */
    private static final long PATIENCE_NANOS = 1_000_000_000;

    /** Takes what is there, up to that many, and says how many. */
    abstract int some(int most) throws Exception;

    @Override
    public final long take(int datagrams) throws Exception {
        long from = System.nanoTime();
        int taken = 0;
        while (taken < datagrams) {
            int some = some(datagrams - taken);
            if (some == 0 && System.nanoTime() - from > PATIENCE_NANOS) {
                throw new IllegalStateException(taken + " of " + datagrams + " datagrams arrived");
            }
            taken += some;
        }
        return System.nanoTime() - from;
    }
}
