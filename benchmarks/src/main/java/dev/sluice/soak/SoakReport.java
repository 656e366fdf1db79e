// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Writes down a run: a page and a picture. */
final class SoakReport {
    private final SoakOptions options;
    private final Soak soak;
    private final String failure;
    private final StringBuilder text = new StringBuilder();

    /** Of a run that failed, or with null of one that didn't. */
    SoakReport(SoakOptions options, Soak soak, String failure) {
        this.options = options;
        this.soak = soak;
        this.failure = failure;
    }

    /** Writes {@code soak.md}, {@code soak.svg} and {@code soak.csv}, and answers with the page's path. */
    Path write() throws IOException {
        Files.createDirectories(options.out());
        Files.writeString(options.out().resolve("soak.csv"), csv());
        Files.writeString(options.out().resolve("soak.svg"), SoakChart.of(soak.samples));
        Path page = options.out().resolve("soak.md");
        Files.writeString(page, page());
        return page;
    }

    private String csv() {
        StringBuilder csv = new StringBuilder("seconds,datagrams");
        for (Sample.Measure measure : Sample.Measure.values()) {
            csv.append(',').append(measure.title.replace(",", ""));
        }
        for (Sample sample : soak.samples) {
            csv.append(String.format(Locale.ROOT, "%n%.1f,%d", sample.seconds(), sample.datagrams()));
            for (long value : sample.values()) {
                csv.append(',').append(value);
            }
        }
        return csv.append('\n').toString();
    }

    private String page() {
        line("# A long run under disturbances");
        line("");
        line("Written by `benchmarks/soak " + shortest(options.minutes()) + " --out=docs`; the seed was "
                + options.seed()
                + ". [benchmarks/README.md](../benchmarks/README.md#the-soak-test) says what is done.");
        line("");
        line("- kernel: " + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores");
        line("- JDK: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        line("- settings: " + soak.settings.stream().map(Setting::toString).collect(Collectors.joining(", ")));
        line("");
        line(
                failure == null
                        ? "Every account was exact."
                        : "**It failed**: " + failure.lines().findFirst().orElse(""));
        line("");
        line("![What the process holds, over time](soak.svg)");
        accounts();
        happenings();
        flatness();
        return text.toString();
    }

    private void accounts() {
        line("");
        line("## Datagrams");
        line("");
        line("| | IPv4 | IPv6 |");
        line("|---|--:|--:|");
        row("sent, as the sockets say", ledgers(ledger -> ledger.sent.sum()));
        row("to ports that nothing was bound to: the peers' NoPorts", ledgers(l -> l.sentToClosedPorts.sum()));
        row("taken by the peers: their kernel's InDatagrams", ledgers(ledger -> ledger.peersTook.sum()));
        row("dropped by the peers' kernel for want of buffer: RcvbufErrors", ledgers(l -> l.peersDropped.sum()));
        row("received or dropped by filter, as the sockets say: InDatagrams", ledgers(l -> l.received.sum()));
        row("dropped by the kernel before, for want of buffer: RcvbufErrors", ledgers(l -> l.dropped.sum()));
    }

    private List<Long> ledgers(ToLongFunction<Ledger> what) {
        return Arrays.stream(Family.values())
                .map(family -> what.applyAsLong(soak.ledger(family)))
                .toList();
    }

    private void row(String name, List<Long> values) {
        line("| " + name + " | " + values.stream().map(SoakReport::number).collect(Collectors.joining(" | ")) + " |");
    }

    private void happenings() {
        line("");
        line("## What happened meanwhile");
        line("");
        line("| | times |");
        line("|---|--:|");
        soak.happenings.counts().forEach((what, times) -> row(what, List.of(times)));
    }

    private void flatness() {
        if (soak.samples.size() < Flatness.FEWEST) {
            return;
        }
        line("");
        line("## What the process held, between rounds");
        line("");
        line(
                "The limit comes from the run itself: the highest value of the third behind the warm-up, and once more its"
                        + " largest step or half of its range, or of memory what it rose by a round in the warm-up. The lowest of the last third must not be above it and go on rising.");
        line("");
        line("| | at first | limit | lowest of the last third | |");
        line("|---|--:|--:|--:|---|");
        for (Sample.Measure measure : Sample.Measure.values()) {
            Flatness flatness = Flatness.of(soak.samples, measure);
            line("| " + measure.title + " | " + number(soak.samples.get(0).value(measure)) + " | "
                    + number(flatness.limit()) + " | " + number(flatness.atTheEnd()) + " | "
                    + (flatness.isFlat() ? "flat" : "**not flat**") + " |");
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value).replace(',', ' ');
    }

    private static String shortest(double minutes) {
        return minutes == Math.rint(minutes) ? Long.toString((long) minutes) : Double.toString(minutes);
    }
}
