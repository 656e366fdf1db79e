// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The run: rounds of scenes on all lanes at once, with disturbances, and between them a look at all accounts and at what
 * the process holds. It ends at the first thing that is not as it must be.
 */
final class Soak {
    private static final int ROUND_SECONDS = 5;
    private static final int MOST_ROUNDS = 120;
    private static final int PATIENCE_SECONDS = 120;
    private static final long DISTURBANCE_NANOS = 4_000_000_000L;

    /** Made first of all: the providers try the machine out when they are found. */
    final SelfTrials trials = new SelfTrials();

    final List<Setting> settings;
    final Happenings happenings = new Happenings();
    final Descriptors descriptors = new Descriptors();
    final Interruptions interruptions;
    final List<Sample> samples = new ArrayList<>();
    volatile Unruliness unruliness;
    Path farNet;

    /** What the kernel said when something was wrong. */
    String counters = "";

    private final SoakOptions options;
    private final Map<Family, Ledger> ledgers = new EnumMap<>(Family.class);
    private final Visitors visitors = new Visitors(this);
    private final long start = System.nanoTime();

    Soak(SoakOptions options) {
        this.options = options;
        this.settings = Setting.all().stream()
                .filter(setting -> options.only().matcher(setting.toString()).find())
                .toList();
        this.interruptions = new Interruptions(options.seed(), happenings);
        Arrays.stream(Family.values()).forEach(family -> ledgers.put(family, new Ledger()));
    }

    Ledger ledger(Family family) {
        return ledgers.get(family);
    }

    /** Runs all of it. */
    void run() throws Exception {
        SoakFailure.require(!settings.isEmpty(), "there is no setting to run");
        ExecutorService threads = Executors.newFixedThreadPool(settings.size() + 4, Soak::daemon);
        List<Peer> peers = new ArrayList<>();
        try (SoakWorld world = new SoakWorld()) {
            farNet = world.farNet;
            List<Lane> lanes = new ArrayList<>();
            for (int i = 0; i < settings.size(); i++) {
                peers.add(world.first.another());
                lanes.add(new Lane(settings.get(i), peers.get(i), this, options.seed() + i, 10_000 + i));
            }
            playRounds(world, threads, lanes);
        } finally {
            threads.shutdownNow();
            peers.forEach(Peer::close);
        }
        requireFlat();
    }

    private void playRounds(SoakWorld world, ExecutorService threads, List<Lane> lanes) throws Exception {
        try {
            Accounts accounts = new Accounts(this);
            double seconds = options.minutes() * 60;
            int rounds = (int) Math.max(Flatness.FEWEST, Math.min(MOST_ROUNDS, seconds / ROUND_SECONDS));
            for (int round = 0; round < rounds; round++) {
                boolean unruly = round % 2 == 1;
                play(world, threads, lanes, unruly, round, (long) (seconds / rounds * 1e9));
                accounts.check(unruly);
                sample(round, rounds);
            }
        } catch (Exception e) {
            counters = KernelCounters.all(SoakWorld.OWN_NET) + KernelCounters.all(farNet);
            throw e;
        }
    }

    private void play(SoakWorld world, ExecutorService threads, List<Lane> lanes, boolean unruly, int round, long nanos)
            throws Exception {
        long end = System.nanoTime() + nanos;
        Unruliness unruliness = new Unruliness(world, descriptors, options.seed() + round, happenings);
        this.unruliness = unruliness;
        List<Callable<Void>> tasks = new ArrayList<>();
        for (Lane lane : lanes) {
            tasks.add(task(() -> lane.playUntil(end, unruly ? Scene.WITH_UNRULINESS : Scene.STEADY)));
        }
        tasks.add(task(() -> disturb(end)));
        tasks.add(task(() -> interruptions.run(end)));
        if (unruly) {
            tasks.add(task(() -> unruliness.run(end)));
        }
        await(tasks.stream().map(threads::submit).toList(), TimeUnit.NANOSECONDS.toSeconds(nanos) + PATIENCE_SECONDS);
    }

    /** Something that ends by itself, or throws. */
    private interface Task {
        void run() throws Exception;
    }

    private static Callable<Void> task(Task task) {
        return () -> {
            task.run();
            return null;
        };
    }

    /** Visitors and shortages of descriptors, one after the other until the time is over. */
    private void disturb(long end) throws Exception {
        do {
            visitors.visit();
            descriptors.exhaust(settings);
            happenings.note("shortages of descriptors");
            TimeUnit.NANOSECONDS.sleep(Math.max(0, Math.min(DISTURBANCE_NANOS, end - System.nanoTime())));
        } while (System.nanoTime() < end);
    }

    private void await(List<Future<Void>> futures, long seconds) throws Exception {
        for (Future<Void> future : futures) {
            try {
                future.get(seconds, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof SoakFailure failure ? failure : e;
            } catch (TimeoutException e) {
                throw new SoakFailure("a thread hangs:\n" + stacks());
            }
        }
    }

    private static String stacks() {
        StringBuilder text = new StringBuilder();
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            text.append(thread).append('\n');
            Arrays.stream(stack)
                    .forEach(frame -> text.append("    ").append(frame).append('\n'));
        });
        return text.toString();
    }

    private void sample(int round, int rounds) throws IOException {
        double seconds = (System.nanoTime() - start) / 1e9;
        long datagrams = ledgers.values().stream()
                .mapToLong(ledger -> ledger.sent.sum() + ledger.received.sum())
                .sum();
        samples.add(Sample.take(seconds, datagrams, visitors));
        System.out.printf(
                "soak: round %d of %d is exact: %,d datagrams in %.0f s%n", round + 1, rounds, datagrams, seconds);
    }

    private void requireFlat() {
        StringBuilder risen = new StringBuilder();
        for (Sample.Measure measure : Sample.Measure.values()) {
            Flatness flatness = Flatness.of(samples, measure);
            if (!flatness.isFlat()) {
                risen.append(risen.isEmpty() ? "" : "; ")
                        .append(measure.title)
                        .append(" never below ")
                        .append(flatness.atTheEnd())
                        .append(" at the end, though ")
                        .append(flatness.limit())
                        .append(" was enough before");
            }
        }
        SoakFailure.require(risen.isEmpty(), "not flat: " + risen);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "soak");
        thread.setDaemon(true);
        return thread;
    }
}
