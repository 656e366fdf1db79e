// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the system's tools, and fails loudly. */
final class Commands {
    private static final int PATIENCE_SECONDS = 60;

    private Commands() {}

    /** Runs a command line, split at blanks. */
    static String run(String commandLine) {
        return run(List.of(commandLine.split(" ")));
    }

    /** Runs a command line in the network namespace of a process. */
    static String runIn(long pid, String commandLine) {
        List<String> command = new ArrayList<>(List.of("nsenter", "--target", Long.toString(pid), "--net", "--"));
        command.addAll(List.of(commandLine.split(" ")));
        return run(command);
    }

    private static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
