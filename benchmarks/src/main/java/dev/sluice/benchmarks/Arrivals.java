// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.IOException;

/**
 * A receiver and what supplies it: a list of datagrams is sent, off the clock, and the receiver is timed while it takes
 * them. A slice is over when it was timed for so long, or that and sending took a multiple of it: most of it is sending.
 */
final class Arrivals implements Contender {
    /** How many are sent at a time while warming up: sending takes most of the time, and it is calls that count there. */
    private static final int WARM_UP_LIST = 4;

    private static final int MOST_TIMES = 10;

    private final Receiver receiver;
    private final Supply supply;
    private final int list;

    Arrivals(Receiver receiver, Load load, Reference far) throws Exception {
        this.receiver = receiver;
        list = load.list();
        supply = Supplies.open(load, far, receiver.address());
        if (load.connected()) {
            receiver.connect(supply.source());
        }
    }

    @Override
    public void warmUp() throws Exception {
        run(0, Math.min(WARM_UP_LIST, list));
    }

    @Override
    public Slice run(long nanos) throws Exception {
        return run(nanos, list);
    }

    private Slice run(long nanos, int length) throws Exception {
        long timed = 0;
        long datagrams = 0;
        long begin = System.nanoTime();
        do {
            supply.send(length);
            timed += receiver.take(length);
            datagrams += length;
        } while (timed < nanos && System.nanoTime() - begin < MOST_TIMES * nanos);
        return new Slice(datagrams, timed);
    }

    @Override
    public void close() throws IOException {
        receiver.close();
        supply.close();
    }
}
