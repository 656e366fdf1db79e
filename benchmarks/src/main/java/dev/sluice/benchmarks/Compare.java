package dev.sluice.benchmarks;

import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command behind {@code benchmarks/compare}, which explains the options. */
final class Compare {
    private final Options options;
    private final List<Outcome> outcomes = new ArrayList<>();

    private Compare(Options options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws Exception {
        new Compare(Options.parse(arguments)).run();
        System.exit(0); // event loops of some contenders linger
    }

    private void run() throws Exception {
        InetAddress neighbour = options.neighbour == null ? null : InetAddress.getByName(options.neighbour);
        try (Reference reference = new Reference(options.reference);
                Destinations destinations = new Destinations(options.reference, neighbour)) {
            Duel duel = new Duel(
                    options.pairs,
                    TimeUnit.MILLISECONDS.toNanos(options.sliceMillis),
                    TimeUnit.MILLISECONDS.toNanos(options.warmUpMillis));
            for (Comparison comparison : selection()) {
                if (comparison.id().matches(options.only) && destinations.has(comparison.place())) {
                    run(duel, comparison, comparison.load(destinations), reference);
                }
            }
            Allocation allocation = new Allocation();
            if (options.extras) {
                allocation.measure(destinations);
            }
            Growth growth = new Growth();
            if ((options.full || options.growth) && options.extras) {
                growth.measure(duel);
            }
            write(allocation, growth);
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

    private void run(Duel duel, Comparison comparison, Load load, Reference reference) throws Exception {
        try (Contender ours = comparison.ours().open(load, reference);
                Contender theirs = comparison.theirs().open(load, reference)) {
            Outcome outcome = duel.run(comparison, ours, theirs);
            outcomes.add(outcome);
            System.out.println(Report.line(outcome));
        }
    }

    private void write(Allocation allocation, Growth growth) throws Exception {
        Files.createDirectories(options.out);
        Report report = new Report(Machine.facts(), outcomes, allocation, growth);
        Path table = options.out.resolve("report.md");
        try (PrintStream out = new PrintStream(table.toFile(), "UTF-8")) {
            report.print(out);
        }
        Files.writeString(options.out.resolve("comparison.csv"), report.csv());
        Files.writeString(options.out.resolve("comparison.svg"), Chart.of(outcomes));
        System.out.println(table);
    }
}
