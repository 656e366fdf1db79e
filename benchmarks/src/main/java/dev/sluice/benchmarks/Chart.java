// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Draws the speed of all contenders in units of {@code DatagramChannel}'s, one panel for each place. */
final class Chart {
    private static final int WIDTH = 860;
    private static final int LABELS = 270;
    private static final int BARS = 470;
    private static final int VALUES = 70;
    private static final int ROW = 26;
    private static final int BAR = 16;
    private static final int HEAD = 74;
    private static final int PANEL_HEAD = 40;

    /** Legible on white and on black; the reader's preference for dark only changes the text. */
    private static final String STYLE =
            """
            <style>
              text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
              .title { font-size: 17px; font-weight: 600 }
              .panel { font-weight: 600 }
              .soft { fill: #656d76; font-size: 12px }
              .bar { fill: #8c959f }
              .c { fill: #b08b4f }
              .sluice { fill: #1f7fbf }
              .ours { font-weight: 600 }
              .axis { stroke: #8c959f; stroke-opacity: .5 }
              .range { stroke: #1f2328; stroke-opacity: .55 }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 }
                .soft { fill: #9198a1 }
                .range { stroke: #e6edf3 }
                .bar { fill: #6e7681 }
                .sluice { fill: #409eda }
              }
            </style>
            """;

    private final StringBuilder svg = new StringBuilder();
    private int y = HEAD;

    private Chart() {}

    static String ofSenders(List<Outcome> outcomes) {
        return of(outcomes, false, "How fast datagrams leave, in units of a DatagramChannel.send loop");
    }

    static String ofReceivers(List<Outcome> outcomes) {
        return of(outcomes, true, "How fast datagrams are taken, in units of a DatagramChannel.receive loop");
    }

    /** The whole picture, from the outcomes that belong in it. */
    private static String of(List<Outcome> outcomes, boolean receiving, String title) {
        Chart chart = new Chart();
        for (Place place : Place.values()) {
            if (place.receiving != receiving) {
                continue;
            }
            List<Outcome> rows = outcomes.stream()
                    .filter(outcome -> outcome.comparison().isCharted(place))
                    .sorted(Comparator.comparingDouble(
                                    (Outcome outcome) -> outcome.ratio().median())
                            .reversed())
                    .toList();
            if (!rows.isEmpty()) {
                chart.panel(place, rows);
            }
        }
        return chart.finished(title);
    }

    private void panel(Place place, List<Outcome> rows) {
        y += 10;
        text(16, y + 14, "panel", "start", place.title);
        text(
                WIDTH - 16,
                y + 14,
                "soft",
                "end",
                format(
                        "64 datagrams of 1200 B; 1 = %.2f µs each",
                        rows.get(0).theirNanos().median() / 1000));
        y += PANEL_HEAD - 10;
        double scale = BARS / rows.get(0).ratio().median();
        int top = y;
        for (Outcome row : rows) {
            row(row, scale);
        }
        svg.append(format(
                "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n",
                LABELS, top - 4, LABELS, y - ROW + BAR + 8));
    }

    private void row(Outcome outcome, double scale) {
        Kind kind = outcome.comparison().ours();
        String ours = kind.isSluice() ? " ours" : "";
        text(LABELS - 12, y + 13, "name" + ours, "end", kind.title);
        Statistics ratio = outcome.ratio();
        double upper = Math.min(LABELS + ratio.upperQuartile() * scale, WIDTH - VALUES);
        svg.append(format(
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
                kind.isSluice() ? "sluice" : kind.name().startsWith("C_") ? "c" : "bar",
                LABELS,
                y,
                ratio.median() * scale,
                BAR));
        svg.append(format(
                "<line class=\"range\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n",
                LABELS + ratio.lowerQuartile() * scale, y + BAR / 2, upper, y + BAR / 2));
        double end = Math.max(LABELS + ratio.median() * scale, upper);
        text(end + 8, y + 13, "value" + ours, "start", format(ratio.median() < 10 ? "%.2f×" : "%.1f×", ratio.median()));
        y += ROW;
    }

    private void text(double x, int baseline, String style, String anchor, String content) {
        svg.append(format(
                "<text class=\"%s\" x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                style, x, baseline, anchor, content.replace("&", "&amp;").replace("<", "&lt;")));
    }

    private String finished(String title) {
        String body = svg.toString();
        svg.setLength(0);
        text(16, 30, "title", "start", title);
        text(
                16,
                52,
                "soft",
                "start",
                "Medians of alternating pairs in one run; the thin line spans their quartiles. Longer is faster.");
        return format(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                                + " role=\"img\" aria-label=\"%s\">%n",
                        WIDTH, y + 10, WIDTH, y + 10, title)
                + STYLE
                + svg
                + body
                + "</svg>\n";
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
