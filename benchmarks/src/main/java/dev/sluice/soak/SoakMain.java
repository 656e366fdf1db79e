// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

/** What {@link SoakLauncher} starts. */
public final class SoakMain {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private SoakMain() {}

    /**
     * Runs it, and ends the process.
     *
     * @param arguments what {@link SoakOptions} says
     */
    public static void main(String[] arguments) {
        SoakOptions options;
        try {
            options = SoakOptions.parse(arguments);
            SoakFailure.require(
                    "inside".equals(System.getenv("SLUICE_SOAK")),
                    "start it by benchmarks/soak, which makes the namespace");
        } catch (IllegalArgumentException | SoakFailure e) {
            System.err.println("soak: " + e.getMessage());
            System.exit(MISUSED);
            return;
        }
        System.exit(run(options));
    }

    private static int run(SoakOptions options) {
        Soak soak = new Soak(options);
        String failure = null;
        try {
            soak.run();
        } catch (Throwable e) {
            e.printStackTrace();
            System.err.println(soak.counters);
            failure = e.getMessage() == null ? e.toString() : e.getMessage();
        }
        try {
            System.out.println(new SoakReport(options, soak, failure).write());
        } catch (Exception e) {
            e.printStackTrace();
            return FAILED;
        }
        if (failure != null) {
            System.err.println("soak: with --seed=" + options.seed() + ": " + failure);
            return FAILED;
        }
        return 0;
    }
}
