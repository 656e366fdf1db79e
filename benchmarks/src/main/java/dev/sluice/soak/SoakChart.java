// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Draws what the process holds over time, one panel below the other: speed first, then each measure from zero up. */
final class SoakChart {
    private static final int WIDTH = 860;
    private static final int LEFT = 20;
    private static final int RIGHT = 90;
    private static final int HEAD = 56;
    private static final int PANEL = 92;
    private static final int PLOT = 56;
    private static final int FOOT = 30;

    /** Legible on white and on black; the reader's preference for dark only changes the text. */
    private static final String STYLE =
            """
            <style>
              text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
              .title { font-size: 17px; font-weight: 600 }
              .soft { fill: #656d76; font-size: 12px }
              .line { fill: none; stroke: #1f7fbf; stroke-width: 1.6 }
              .area { fill: #1f7fbf; fill-opacity: .15 }
              .axis { stroke: #8c959f; stroke-opacity: .5 }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 }
                .soft { fill: #9198a1 }
                .line { stroke: #409eda }
              }
            </style>
            """;

    private final List<Sample> samples;
    private final StringBuilder svg = new StringBuilder();
    private final double end;
    private int y = HEAD;

    private SoakChart(List<Sample> samples) {
        this.samples = samples;
        this.end = samples.isEmpty() ? 1 : samples.get(samples.size() - 1).seconds();
    }

    static String of(List<Sample> samples) {
        return new SoakChart(samples).draw();
    }

    private String draw() {
        text(LEFT, 28, "title", "start", "A long run under disturbances: what the process holds between rounds");
        panel("datagrams a second, in thousands", this::rate);
        for (Sample.Measure measure : Sample.Measure.values()) {
            panel(measure.title, sample -> sample.value(measure));
        }
        text(LEFT, y + 4, "soft", "start", "0 s");
        text(WIDTH - RIGHT, y + 4, "soft", "end", format("%.0f s", end));
        int height = y + FOOT;
        return format(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                                + " role=\"img\" aria-label=\"What the process holds, over time\">%n",
                        WIDTH, height, WIDTH, height)
                + STYLE
                + svg
                + "</svg>\n";
    }

    private double rate(Sample sample) {
        int index = samples.indexOf(sample);
        double seconds =
                sample.seconds() - (index == 0 ? 0 : samples.get(index - 1).seconds());
        long datagrams =
                sample.datagrams() - (index == 0 ? 0 : samples.get(index - 1).datagrams());
        return datagrams / seconds / 1000;
    }

    private void panel(String title, ToDoubleFunction<Sample> value) {
        text(LEFT, y + 14, "panel", "start", title);
        int bottom = y + PANEL - 14;
        double most = samples.stream().mapToDouble(value).max().orElse(0);
        StringBuilder points = new StringBuilder();
        for (Sample sample : samples) {
            double x = LEFT + sample.seconds() / end * (WIDTH - LEFT - RIGHT);
            double height = most == 0 ? 0 : value.applyAsDouble(sample) / most * PLOT;
            points.append(format("%.1f,%.1f ", x, bottom - height));
        }
        if (!samples.isEmpty()) {
            double first = LEFT + samples.get(0).seconds() / end * (WIDTH - LEFT - RIGHT);
            svg.append(format(
                    "<polygon class=\"area\" points=\"%.1f,%d %s%d,%d\"/>%n",
                    first, bottom, points, WIDTH - RIGHT, bottom));
            svg.append(format(
                    "<polyline class=\"line\" points=\"%s\"/>%n",
                    points.toString().strip()));
            text(
                    WIDTH - RIGHT + 8,
                    bottom - PLOT + 10,
                    "soft",
                    "start",
                    format("%,.0f", most).replace(',', ' '));
        }
        svg.append(format(
                "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n",
                LEFT, bottom, WIDTH - RIGHT, bottom));
        y += PANEL;
    }

    private void text(double x, int baseline, String style, String anchor, String content) {
        svg.append(format(
                "<text class=\"%s\" x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                style, x, baseline, anchor, content));
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
