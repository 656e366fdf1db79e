package dev.sluice.benchmarks;

import java.util.concurrent.locks.LockSupport;

/**
 * Runs two contenders in turns: A B A B …; what disturbs the machine for longer than a slice disturbs both. Before each
 * slice the caller pauses, as it does anyway while it waits for a contender on another thread: who has just slept is
 * not soon preempted on a busy machine.
 */
final class Duel {
    private static final long PAUSE_NANOS = 200_000;

    private final int pairs;
    private final long sliceNanos;
    private final long warmUpNanos;

    Duel(int pairs, long sliceNanos, long warmUpNanos) {
        this.pairs = pairs;
        this.sliceNanos = sliceNanos;
        this.warmUpNanos = warmUpNanos;
    }

    /** Warms both up, measures, and discards the first pair. */
    Outcome run(Comparison comparison, Contender ours, Contender theirs) throws Exception {
        warmUp(ours);
        warmUp(theirs);
        double[] ratios = new double[pairs];
        double[] ourNanos = new double[pairs];
        double[] theirNanos = new double[pairs];
        for (int i = -1; i < pairs; i++) {
            Slice our = slice(ours);
            Slice their = slice(theirs);
            if (i >= 0) {
                ratios[i] = our.times(their);
                ourNanos[i] = our.nanosPerDatagram();
                theirNanos[i] = their.nanosPerDatagram();
            }
        }
        return new Outcome(comparison, Statistics.of(ratios), Statistics.of(ourNanos), Statistics.of(theirNanos));
    }

    /** In many short calls, so that what loops over the rounds is compiled too, and not only while it loops. */
    private void warmUp(Contender contender) throws Exception {
        long begin = System.nanoTime();
        do {
            contender.warmUp();
        } while (System.nanoTime() - begin < warmUpNanos);
    }

    private Slice slice(Contender contender) throws Exception {
        LockSupport.parkNanos(PAUSE_NANOS);
        return contender.run(sliceNanos);
    }
}
