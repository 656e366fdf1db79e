// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A network namespace of the test's own, with nothing in it that is up. Needs root and iproute2. */
record Namespace(String name) implements AutoCloseable {
    private static final String NOT_POSSIBLE = "needs root and iproute2: network namespaces";
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Skips the test where no namespace can be made, but not in CI. */
    static Namespace create() {
        String name = "sluice-cli-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        run("ip", "netns", "del", name); // a run that was killed may have left one: process numbers come again
        boolean isMade = run("ip", "netns", "add", name);
        assertTrue(isMade || !"true".equals(System.getenv("CI")), NOT_POSSIBLE);
        assumeTrue(isMade, NOT_POSSIBLE);
        return new Namespace(name);
    }

    /** The prefix of a command that runs inside. */
    List<String> inside() {
        return List.of("ip", "netns", "exec", name);
    }

    /** Runs a command line inside, split at blanks. */
    Namespace must(String commandLine) {
        List<String> command = new ArrayList<>(inside());
        command.addAll(Arrays.asList(commandLine.split(" ")));
        if (!run(command.toArray(String[]::new))) {
            close(); // it is not in a variable yet that would be closed
            fail(commandLine);
        }
        return this;
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.onExit().join().exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }

    @Override
    public void close() {
        assertTrue(run("ip", "netns", "del", name));
    }
}
