// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command behind {@code benchmarks/compare}, which explains the options. */
final class Compare {
    private final Options options;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Allocation allocation = new Allocation();
    private final Latency latency = new Latency();
    private final Growth growth = new Growth();

    private Compare(Options options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            fail(e.getMessage());
            return;
        }
        Compare compare = new Compare(options);
        compare.run();
        if (compare.outcomes.isEmpty() && compare.latency.measured.isEmpty()) {
            fail("--only=" + options.only + ": nothing that can be measured here; comparison.csv of a run without it"
                    + " shows what there is");
        }
        compare.write();
        System.exit(0); // event loops of some contenders linger
    }

    private static void fail(String message) {
        System.err.println("compare: " + message);
        System.exit(2);
    }

    private void run() throws Exception {
        try (References references = References.start(options.reference, options.farNamespace);
                Destinations destinations = new Destinations(options.reference, references.far() != null)) {
            AlternatingRun alternating = new AlternatingRun(
                    options.openings,
                    options.pairs,
                    TimeUnit.MILLISECONDS.toNanos(options.sliceMillis),
                    TimeUnit.MILLISECONDS.toNanos(options.warmUpMillis));
            for (Comparison comparison : selection()) {
                if (options.isChosen(comparison) && destinations.has(comparison.place())) {
                    run(alternating, comparison, comparison.load(destinations), references);
                }
            }
            if (options.extras) {
                allocation.measure(destinations);
            }
            if (options.latency) {
                latency.measure(references, options.pairs);
            }
            if ((options.full || options.growth) && options.extras) {
                growth.measure(alternating.once());
            }
        }
    }

    private List<Comparison> selection() {
        if (options.full) {
            return Selection.full();
        }
        List<Comparison> selection = Selection.quick();
        if (options.growth) {
            selection.addAll(Selection.growth());
        }
        return selection;
    }

    private void run(AlternatingRun alternating, Comparison comparison, Load load, References references)
            throws Exception {
        Outcome outcome = alternating.run(comparison, () -> comparison.ours().open(load, references), () -> comparison
                .theirs()
                .open(load, references));
        outcomes.add(outcome);
        System.out.println(Report.line(outcome));
    }

    private void write() throws Exception {
        Files.createDirectories(options.out);
        Report report = new Report(Machine.facts(), outcomes, allocation, latency, growth);
        Path table = options.out.resolve("report.md");
        try (PrintStream out = new PrintStream(table.toFile(), "UTF-8")) {
            report.print(out);
        }
        Files.writeString(options.out.resolve("comparison.csv"), report.csv());
        Files.writeString(options.out.resolve("comparison.svg"), Chart.ofSenders(outcomes));
        Files.writeString(options.out.resolve("receiving.svg"), Chart.ofReceivers(outcomes));
        System.out.println(table);
    }
}
