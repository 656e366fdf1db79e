package dev.sluice.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * What a command reads and writes; tests hand it their own.
 *
 * @param in bytes to send
 * @param out payloads and tables
 * @param err everything else that a person reads
 * @param terminal whether {@code err} is a terminal, on which a line can be drawn again
 */
record Stdio(InputStream in, Output out, PrintStream err, boolean terminal) {
    /** Set by the launcher, which can ask the system; Java has no public way to. */
    private static final String TERMINAL = "sluice.cli.terminal";

    static Stdio ofProcess() {
        return new Stdio(
                System.in,
                new Output(new FileOutputStream(FileDescriptor.out)),
                System.err,
                Boolean.getBoolean(TERMINAL));
    }

    /** One line about something that went wrong. */
    void complain(String problem) {
        err.println("sluice: " + problem);
    }
}
