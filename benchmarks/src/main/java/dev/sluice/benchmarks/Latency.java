// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a round trip to another process takes, each way in turns with a blocking {@code DatagramChannel}. */
final class Latency {
    private static final int IN_A_SLICE = 100;
    private static final int WARM_UP = 12_000;

    /** Round trips of one way; ratios are its time divided by that of {@code DatagramChannel}, of medians of slices. */
    record Measured(
            String way, double p50, double p99, double theirP50, double theirP99, Statistics ratio, double most) {
        boolean hasTarget() {
            return !Double.isNaN(most);
        }

        boolean isReached() {
            return ratio.median() <= most;
        }
    }

    final List<Measured> measured = new ArrayList<>();

    /** Opens what does the round trips. */
    private interface Way {
        RoundTrips open(InetSocketAddress echo) throws Exception;
    }

    void measure(References references, int slices) throws Exception {
        Process echo = new ProcessBuilder(references.program().toString(), "echo")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            int port = Integer.parseInt(echo.inputReader().readLine());
            InetSocketAddress address = new InetSocketAddress(Destinations.LOOPBACK, port);
            measure("C, blocking", references.near()::roundTrips, address, slices, Double.NaN);
            for (String provider : Kind.providers()) {
                double most = provider.equals("ffm") ? 1.3 : Double.NaN;
                Way way = to -> JavaRoundTrips.ofSluice(provider, to);
                measure("Sluice " + provider + ", block()", way, address, slices, most);
            }
        } finally {
            echo.getOutputStream().close();
            echo.destroy();
        }
    }

    private void measure(String name, Way way, InetSocketAddress echo, int slices, double most) throws Exception {
        long[][] ours = new long[slices][];
        long[][] theirs = new long[slices][];
        double[] ratios = new double[slices];
        try (RoundTrips our = way.open(echo);
                RoundTrips their = JavaRoundTrips.ofChannel(echo)) {
            for (int done = 0; done < WARM_UP; done += IN_A_SLICE) {
                our.run(IN_A_SLICE);
                their.run(IN_A_SLICE);
            }
            for (int i = 0; i < slices; i++) {
                ours[i] = our.run(IN_A_SLICE);
                theirs[i] = their.run(IN_A_SLICE);
                ratios[i] = quantile(ours[i], 0.5) / quantile(theirs[i], 0.5);
            }
        }
        long[] all = Arrays.stream(ours).flatMapToLong(Arrays::stream).toArray();
        long[] allTheirs = Arrays.stream(theirs).flatMapToLong(Arrays::stream).toArray();
        Measured result = new Measured(
                name,
                quantile(all, 0.5),
                quantile(all, 0.99),
                quantile(allTheirs, 0.5),
                quantile(allTheirs, 0.99),
                Statistics.of(ratios),
                most);
        measured.add(result);
        System.out.println(Report.line(result));
    }

    static double quantile(long[] values, double q) {
        return Statistics.quantile(
                Arrays.stream(values).sorted().asDoubleStream().toArray(), q);
    }
}
