// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes down what was measured: for people, and as comma-separated values. */
final class Report {
    private final Map<String, String> facts;
    private final List<Outcome> outcomes;
    private final Allocation allocation;
    private final Latency latency;
    private final Growth growth;

    Report(Map<String, String> facts, List<Outcome> outcomes, Allocation allocation, Latency latency, Growth growth) {
        this.facts = facts;
        this.outcomes = outcomes;
        this.allocation = allocation;
        this.latency = latency;
        this.growth = growth;
    }

    /** One outcome, as the run goes on. */
    static String line(Outcome outcome) {
        Comparison comparison = outcome.comparison();
        return text(
                "%6.2f [%.2f, %.2f] %-8s %s : %s, %s, %s; %.0f : %.0f ns",
                outcome.ratio().median(),
                outcome.ratio().lowerQuartile(),
                outcome.ratio().upperQuartile(),
                verdict(outcome),
                comparison.ours().title,
                comparison.theirs().title,
                comparison.place().title,
                comparison.load(),
                outcome.ourNanos().median(),
                outcome.theirNanos().median());
    }

    /** One way of round trips, as the run goes on. */
    static String line(Latency.Measured one) {
        return text(
                "%6.2f [%.2f, %.2f] %-8s %s : DatagramChannel, blocking; round trip, p50 %.1f : %.1f µs, p99 %.1f : %.1f µs",
                one.ratio().median(),
                one.ratio().lowerQuartile(),
                one.ratio().upperQuartile(),
                !one.hasTarget() ? "" : one.isReached() ? "reached" : "MISSED",
                one.way(),
                one.p50() / 1000,
                one.theirP50() / 1000,
                one.p99() / 1000,
                one.theirP99() / 1000);
    }

    private static String verdict(Outcome outcome) {
        return !outcome.hasTarget() ? "" : outcome.isReached() ? "reached" : "MISSED";
    }

    void print(PrintStream out) {
        out.println("# What was measured\n");
        out.println(
                "Written by `benchmarks/compare`. Ratios are medians of pairs of short slices (ours as a rate, divided"
                        + " by theirs: above 1 we are faster), with the quartiles behind; ns are medians per datagram.\n");
        facts.forEach((name, value) -> out.println("- " + name + ": " + value));
        printTargets(out);
        printAllocation(out);
        printLatency(out);
        printRest(out);
        printWaiting(out);
    }

    private void printTargets(PrintStream out) {
        List<Outcome> withTarget = outcomes.stream().filter(Outcome::hasTarget).toList();
        if (withTarget.isEmpty()) {
            return;
        }
        long reached = withTarget.stream().filter(Outcome::isReached).count();
        out.println("\n## Against the targets: " + reached + " of " + withTarget.size() + " reached\n");
        out.println("| ours | against | where | load | ratio | target | | ns | theirs |");
        out.println("|---|---|---|---|--:|--:|---|--:|--:|");
        for (Outcome outcome : withTarget) {
            out.println(row(outcome, text("%.2f | %s", outcome.comparison().target(), mark(outcome.isReached()))));
        }
    }

    private static String mark(boolean reached) {
        return reached ? "reached" : "**missed**";
    }

    private static String row(Outcome outcome, String target) {
        Comparison comparison = outcome.comparison();
        return text(
                "| %s | %s | %s | %s | **%.2f** (%.2f–%.2f) |%s %.0f | %.0f |",
                comparison.ours().title,
                comparison.theirs().title,
                comparison.place().title,
                comparison.load(),
                outcome.ratio().median(),
                outcome.ratio().lowerQuartile(),
                outcome.ratio().upperQuartile(),
                target == null ? "" : " " + target + " |",
                outcome.ourNanos().median(),
                outcome.theirNanos().median());
    }

    private void printAllocation(PrintStream out) {
        if (allocation.measured.isEmpty()) {
            return;
        }
        out.println("\n## Allocation of one `checkSend` and `send` of 64 × 64 B, steady state\n");
        out.println("| contender | | bytes | allowed | |");
        out.println("|---|---|--:|--:|---|");
        for (Allocation.Measured one : allocation.measured) {
            out.println(text(
                    "| %s | %s | %.0f | %.0f | %s |",
                    one.kind().title, one.load(), one.bytesPerCall(), one.allowed(), mark(one.isReached())));
        }
    }

    private void printLatency(PrintStream out) {
        if (latency.measured.isEmpty()) {
            return;
        }
        out.println("\n## A datagram of 64 B to another process and back\n");
        out.println("Each in turns with a blocking `DatagramChannel`, in units of its time.\n");
        out.println("| ours | times its time | at most | | p50, µs | theirs | p99, µs | theirs |");
        out.println("|---|--:|--:|---|--:|--:|--:|--:|");
        for (Latency.Measured one : latency.measured) {
            out.println(text(
                    "| %s | **%.2f** (%.2f–%.2f) | %s | %.1f | %.1f | %.1f | %.1f |",
                    one.way(),
                    one.ratio().median(),
                    one.ratio().lowerQuartile(),
                    one.ratio().upperQuartile(),
                    one.hasTarget() ? text("%.2f | %s", one.most(), mark(one.isReached())) : " | ",
                    one.p50() / 1000,
                    one.theirP50() / 1000,
                    one.p99() / 1000,
                    one.theirP99() / 1000));
        }
    }

    private void printRest(PrintStream out) {
        String topic = null;
        for (Outcome outcome : outcomes) {
            if (outcome.hasTarget()) {
                continue;
            }
            if (!outcome.comparison().topic().equals(topic)) {
                topic = outcome.comparison().topic();
                out.println("\n## " + Character.toUpperCase(topic.charAt(0)) + topic.substring(1) + "\n");
                out.println("| ours | against | where | load | ratio | ns | theirs |");
                out.println("|---|---|---|---|--:|--:|--:|");
            }
            out.println(row(outcome, null));
        }
    }

    private void printWaiting(PrintStream out) {
        if (growth.measured.isEmpty()) {
            return;
        }
        out.println("\n## A wake-up, as the number of waiting sockets grows\n");
        out.println("Send, be woken, receive, wait again.\n");
        out.println("| provider | waiting by | sockets | ns | times the cost of ten |");
        out.println("|---|---|--:|--:|--:|");
        for (Growth.Waiting one : growth.measured) {
            out.println(text(
                    "| %s | %s | %d | %.0f | %.2f (%.2f–%.2f) |",
                    one.provider(),
                    one.way().title,
                    one.sockets(),
                    one.nanos().median(),
                    one.timesOfTen().median(),
                    one.timesOfTen().lowerQuartile(),
                    one.timesOfTen().upperQuartile()));
        }
    }

    String csv() {
        StringBuilder csv = new StringBuilder("topic,ours,theirs,place,list,sizes,destinations,connected,"
                + "ratio,ratio_q1,ratio_q3,target,our_ns,their_ns\n");
        for (Outcome outcome : outcomes) {
            Comparison c = outcome.comparison();
            csv.append(text(
                    "\"%s\",%s,%s,%s,%d,%s,%d,%s,%.4f,%.4f,%.4f,%s,%.1f,%.1f%n",
                    c.topic(),
                    c.ours(),
                    c.theirs(),
                    c.place(),
                    c.list(),
                    c.sizes().replace(" ", ""),
                    c.destinations(),
                    c.connected(),
                    outcome.ratio().median(),
                    outcome.ratio().lowerQuartile(),
                    outcome.ratio().upperQuartile(),
                    outcome.hasTarget() ? c.target() : "",
                    outcome.ourNanos().median(),
                    outcome.theirNanos().median()));
        }
        return csv.toString();
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
