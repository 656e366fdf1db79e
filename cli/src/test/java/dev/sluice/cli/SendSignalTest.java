// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sluice send} says what went: when a signal ends it, and meanwhile when it takes long. */
class SendSignalTest {
    private static final String LINES = "one\ntwo\nthree\n";

    /** A shell that starts the tests in the background has them ignore signals, and so would the command (signal(7)). */
    private static final List<String> HEEDING_SIGNALS = List.of("env", "--default-signal=HUP,INT,TERM");

    @ParameterizedTest
    @CsvSource({"INT, 130, nio", "INT, 130, epoll", "TERM, 143, nio", "HUP, 129, epoll"})
    void S1_aSignalWhileItWaitsForInput(String signal, int status, String provider) throws Exception {
        try (Receiver receiver = Receiver.on("127.0.0.1", 0);
                CommandProcess send = CommandProcess.sluice(
                        HEEDING_SIGNALS, "send", "--to", "127.0.0.1:" + receiver.port(), "--provider", provider)) {
            send.input(LINES);
            receiver.await(3);
            kill(signal, send);
            assertSummary(send, "sent 3 of 3 datagrams, 11 bytes", status);
            assertEquals(3, receiver.end().size());
        }
    }

    @ParameterizedTest
    @CsvSource({"nio", "epoll"})
    void S1_aSignalWhileItIsHeldBack(String provider) throws Exception {
        try (Receiver receiver = Receiver.on("127.0.0.1", 0);
                CommandProcess send = CommandProcess.sluice(
                        HEEDING_SIGNALS,
                        "send",
                        "--to",
                        "127.0.0.1:" + receiver.port(),
                        "--rate",
                        "1",
                        "--provider",
                        provider)) {
            send.input(LINES.repeat(100));
            receiver.await(1);
            kill("TERM", send);
            CommandResult ran = assertSummary(send, "sent ", 143);
            assertEquals(ran.counted(), receiver.end().size());
            assertTrue(ran.errors().contains(" of 300 datagrams"), ran.errors());
        }
    }

    private static void kill(String signal, CommandProcess send) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + signal, String.valueOf(send.process.pid()))
                        .start()
                        .waitFor());
    }

    private static CommandResult assertSummary(CommandProcess send, String start, int status) throws Exception {
        assertTrue(send.process.waitFor(5, TimeUnit.MINUTES), "the signal doesn't end it");
        assertEquals(status, send.process.exitValue());
        CommandResult ran = send.end();
        assertTrue(ran.errors().startsWith(start), ran.errors());
        assertTrue(ran.errors().endsWith("; errors: none; ended by a signal"), ran.errors());
        assertEquals(1, ran.errors().lines().count(), ran.errors());
        return ran;
    }

    /** On a terminal in one line that is drawn again, and is gone at the end. */
    @Test
    void whatTakesLongSaysHowFarItIs() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Stdio io = new Stdio(
                new ByteArrayInputStream(LINES.getBytes(StandardCharsets.UTF_8)),
                new Output(OutputStream.nullOutputStream()),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                true,
                false);
        int status = Sluice.execute(io, "send", "--unconnected", "--to", "127.0.0.1:9", "--rate", "1");
        assertEquals(0, status);
        List<String> drawn = List.of(err.toString(StandardCharsets.UTF_8).split("\r\033\\[K"));
        assertTrue(drawn.get(1).matches("sent [23] datagrams in \\d+ s"), drawn::toString);
        assertTrue(drawn.get(drawn.size() - 1).startsWith("sent 3 of 3 datagrams, "), drawn::toString);
    }
}
