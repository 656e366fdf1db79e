package dev.sluice.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What a wake-up costs as the number of waiting sockets grows. How sending grows is among the comparisons. */
final class Growth {
    private static final int[] SOCKETS = {1, 10, 100, 1_000, 10_000};

    /** The price of one wake-up, and how many times that of a single socket it is. */
    record Waiting(String provider, int sockets, Statistics nanos, Statistics timesOfOne) {}

    final List<Waiting> measured = new ArrayList<>();

    void measure(AlternatingRun alternating) throws Exception {
        for (String provider : new String[] {"nio", "epoll"}) {
            for (int sockets : SOCKETS) {
                Outcome outcome = alternating.run( // ours: one, so that the ratio is a factor of cost
                        null, () -> new WakeUp(provider, 1), () -> new WakeUp(provider, sockets));
                measured.add(new Waiting(provider, sockets, outcome.theirNanos(), outcome.ratio()));
            }
        }
    }
}
