// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * The streams that a command reads and writes.
 *
 * @param in bytes to send
 * @param out payloads and tables
 * @param err everything else: progress, summaries, errors
 * @param terminal whether {@code err} is a terminal, on which a line can be drawn again
 * @param typed whether {@code in} is a terminal
 */
record Stdio(InputStream in, Output out, PrintStream err, boolean terminal, boolean typed) {
    // Set by the launcher, which can ask the system; Java has no public way to.
    private static final String TERMINAL = "sluice.cli.terminal";
    private static final String TYPED = "sluice.cli.typed";
    private static final String COLUMNS = "sluice.cli.columns";

    private static final int LEAST_COLUMNS = 55;
    private static final int DEFAULT_COLUMNS = 80;
    private static final int MOST_COLUMNS = 100;

    static Stdio ofProcess() {
        return new Stdio(
                System.in,
                new Output(new FileOutputStream(FileDescriptor.out)),
                System.err,
                Boolean.getBoolean(TERMINAL),
                Boolean.getBoolean(TYPED));
    }

    /** How wide a help text may be: as the terminal, within what can be read and what picocli is able to. */
    int columns() {
        return Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, Integer.getInteger(COLUMNS, DEFAULT_COLUMNS)));
    }

    /** One line about something that went wrong, or that is worth knowing. */
    void complain(String problem) {
        erase();
        err.println("sluice: " + problem.replaceAll("\\p{Cntrl}", "?")); // an argument may hold any
    }

    /** On a terminal: takes the place of the line that was drawn before. */
    void redraw(String line) {
        erase();
        err.print(line);
        err.flush();
    }

    /** On a terminal: removes what was drawn last (ECMA-48, EL). */
    void erase() {
        if (terminal) {
            err.print("\r\033[K");
        }
    }
}
