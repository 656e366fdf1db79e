package dev.sluice.benchmarks;

/** Runs two contenders in turns: A B A B …; what disturbs the machine for longer than a slice disturbs both. */
final class Duel {
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
        ours.run(warmUpNanos);
        theirs.run(warmUpNanos);
        double[] ratios = new double[pairs];
        double[] ourNanos = new double[pairs];
        double[] theirNanos = new double[pairs];
        for (int i = -1; i < pairs; i++) {
            Slice our = ours.run(sliceNanos);
            Slice their = theirs.run(sliceNanos);
            if (i >= 0) {
                ratios[i] = our.times(their);
                ourNanos[i] = our.nanosPerDatagram();
                theirNanos[i] = their.nanosPerDatagram();
            }
        }
        return new Outcome(comparison, Statistics.of(ratios), Statistics.of(ourNanos), Statistics.of(theirNanos));
    }
}
