// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static dev.sluice.cli.CommandResult.sluice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads on the command line, answers, both families at once, forms of output. */
class DailyWorkTest {
    private static final int SIGTERM_STATUS = 143;

    private static CommandProcess receiver(String provider, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("receive", "--provider", provider, "--bind", "127.0.0.1:0"));
        arguments.addAll(List.of(more));
        return CommandProcess.sluice(arguments.toArray(String[]::new));
    }

    private static CommandResult terminated(CommandProcess process) throws Exception {
        process.process.toHandle().destroy();
        CommandResult ran = process.end();
        assertEquals(SIGTERM_STATUS, ran.status(), ran.errors());
        return ran;
    }

    /** Zero only where the kernel tells. */
    private static String dropped(String provider) {
        return "; dropped by the kernel: " + (provider.equals("nio") ? "unknown" : "0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll"})
    void answersArePrintedAndCounted(String provider) throws Exception {
        try (CommandProcess echo = receiver(provider, "--echo")) {
            String to = echo.address();
            for (String connected : List.of("--rate=1000", "--unconnected")) {
                CommandResult sent = sluice(
                        "send",
                        "--to",
                        to,
                        "--text",
                        "ping",
                        "--text",
                        "",
                        "--repeat",
                        "3",
                        "--wait",
                        "20",
                        connected,
                        "--provider",
                        provider);
                assertEquals(0, sent.status(), sent.errors());
                assertEquals("ping\n\n".repeat(3), sent.text());
                assertTrue(sent.errors().startsWith(to + " 4 bytes\n" + to + " 0 bytes\n"), sent.errors());
                assertTrue(sent.errors().contains("sent 6 of 6 datagrams, 12 bytes, to " + to), sent.errors());
                assertTrue(
                        sent.errors()
                                .endsWith("errors: none; received 6 datagrams, 12 bytes" + dropped(provider) + "\n"),
                        sent.errors());
            }
            CommandResult ran = terminated(echo);
            assertTrue(
                    ran.errors().endsWith("received 12 datagrams, 24 bytes; sent back 12" + dropped(provider)),
                    ran.errors());
        }
    }

    @Test
    void noAnswerIsAFailure() throws Exception {
        try (CommandProcess silent = receiver("nio")) {
            CommandResult sent =
                    sluice("send", "--to", silent.address(), "--text", "ping", "--wait", "0.05", "--provider", "nio");
            assertEquals(1, sent.status());
            assertTrue(
                    sent.errors().endsWith("errors: none; received 0 datagrams, 0 bytes" + dropped("nio") + "\n"),
                    sent.errors());
        }
    }

    @Test
    void bytesAreDumpedWithTheTime() throws Exception {
        try (CommandProcess receiver = receiver("nio", "--hex", "--timestamps", "--count", "2")) {
            CommandResult sent = sluice(
                    "send",
                    "--to",
                    receiver.address(),
                    "--bytes",
                    "00:ff:41",
                    "--bytes",
                    "303132333435363738393a3b3c3d3e3f7f");
            assertEquals(0, sent.status(), sent.errors());
            CommandResult ran = receiver.end();
            assertEquals(
                    "00000000  00 ff 41                                          |..A|\n"
                            + "00000000  30 31 32 33 34 35 36 37  38 39 3a 3b 3c 3d 3e 3f  |0123456789:;<=>?|\n"
                            + "00000010  7f                                                |.|\n",
                    ran.text());
            String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3,6})?Z ";
            assertTrue(
                    ran.errors()
                            .matches(time + "127.0.0.1:\\d+ 3 bytes\n" + time + "127.0.0.1:\\d+ 17 bytes\nreceived.*"),
                    ran.errors());
        }
    }

    @Test
    void bothFamiliesAreHeardOnOnePort() throws Exception {
        String provider = "epoll";
        try (CommandProcess receiver =
                CommandProcess.sluice("receive", "--bind", "*:0", "--provider", provider, "--count", "2")) {
            String line = receiver.nextError();
            assertTrue(line.matches("receiving on 0\\.0\\.0\\.0:(\\d+) and \\[::\\]:\\1 through " + provider), line);
            String port = line.replaceAll(".*\\]:(\\d+) .*", "$1");
            assertEquals(
                    0,
                    sluice("send", "--to", "127.0.0.1:" + port, "--text", "four")
                            .status());
            assertTrue(receiver.nextError().startsWith("127.0.0.1:"));
            assertEquals(
                    0, sluice("send", "--to", "[::1]:" + port, "--text", "six").status());
            CommandResult ran = receiver.end();
            assertEquals("four\nsix\n", ran.text());
            assertTrue(ran.errors().startsWith("[::1]:"), ran.errors());
        }
    }

    @Test
    void theSourceCanBeChosen() throws Exception {
        try (CommandProcess receiver = receiver("nio", "--count", "1")) {
            String to = receiver.address();
            String from = "127.0.0.3:" + FreePort.on("127.0.0.3");
            CommandResult sent = sluice("send", "--to", to, "--from", from, "--text", "x", "--send-buffer", "64k");
            assertEquals(0, sent.status(), sent.errors());
            assertTrue(receiver.end().errors().startsWith(from + " 1 bytes\n"));
        }
    }

    @Test
    void quietMeansNothingButErrors() throws Exception {
        int port = FreePort.on("127.0.0.1");
        try (CommandProcess receiver = CommandProcess.sluice(
                "receive", "--bind", "127.0.0.1:" + port, "--quiet", "--count", "1", "--for", "60")) {
            do { // nothing says when it is bound
                CommandResult sent = sluice("send", "--to", "127.0.0.1:" + port, "-q", "--text", "x", "--unconnected");
                assertEquals("", sent.errors());
            } while (!receiver.process.waitFor(50, TimeUnit.MILLISECONDS));
            CommandResult ran = receiver.end();
            assertEquals(0, ran.status());
            assertEquals("", ran.errors());
            assertEquals("x\n", ran.text());
        }
    }

    /** Stopped, so that it takes nothing while the kernel's small buffer overflows. */
    @Test
    void whatTheKernelDroppedIsInTheSummary() throws Exception {
        try (CommandProcess receiver = receiver("epoll", "--receive-buffer", "4k")) {
            String to = receiver.address();
            signal(receiver, "STOP");
            CommandResult sent = sluice("send", "--to", to, "--text", "x", "--repeat", "1000", "--unconnected");
            signal(receiver, "CONT");
            assertEquals(0, sent.status(), sent.errors());
            receiver.nextError(); // it takes again
            String summary = terminated(receiver).errors();
            summary = summary.substring(summary.lastIndexOf("received "));
            assertTrue(summary.matches("received \\d+ datagrams?, \\d+ bytes; dropped by the kernel: \\d+"), summary);
            String[] words = summary.split(" ");
            assertEquals(1000, Long.parseLong(words[1]) + Long.parseLong(words[9]), summary);
        }
    }

    private static void signal(CommandProcess process, String name) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, String.valueOf(process.process.pid()))
                        .start()
                        .waitFor());
    }

    @Test
    void aTimeIsFilled() throws Exception {
        CommandResult sent =
                sluice("send", "--to", "127.0.0.1:9", "--text", "x", "--for", "0.5", "--rate", "100", "--unconnected");
        assertEquals(0, sent.status(), sent.errors());
        assertTrue(sent.counted() > 1, sent.errors());
        CommandResult once = sluice("send", "--to", "127.0.0.1:9", "--text", "x", "--interval", "50", "--unconnected");
        assertEquals(1, once.counted());
    }

    /** However much there is still to send, or however long the next one would be waited for. */
    @Test
    void aTimeEnds(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("lines"), "x\n".repeat(1000));
        CommandResult sent = sluice(
                "send", "--to", "127.0.0.1:9", "--for", "0.05", "--rate", "100", "--unconnected", file.toString());
        assertTrue(sent.counted() <= 5, sent.errors());
        assertTrue(sent.errors().contains("sent " + sent.counted() + " of " + sent.counted() + " "), sent.errors());
        CommandResult once = sluice(
                "send", "--to", "127.0.0.1:9", "--text", "x", "--for", "1", "--interval", "3600", "--unconnected");
        assertEquals(1, once.counted());
    }

    /** While its input, or the time of the next datagram, is still waited for. */
    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll"})
    void answersArePrintedAsTheyCome(String provider) throws Exception {
        try (CommandProcess echo = receiver(provider, "--echo")) {
            String to = echo.address();
            try (CommandProcess send =
                    CommandProcess.sluice("send", "--to", to, "--wait", "60", "--provider", provider)) {
                for (String word : List.of("one", "three")) {
                    send.input(word + "\n");
                    assertEquals(to + " " + word.length() + " bytes", send.nextError());
                }
                CommandResult ran = send.end();
                assertEquals("one\nthree\n", ran.text());
                assertEquals(0, ran.status(), ran.errors());
            }
            try (CommandProcess send = CommandProcess.sluice(
                    "send", "--to", to, "--text", "x", "--repeat", "2", "--interval", "3600", "--wait", "60")) {
                assertEquals(to + " 1 bytes", send.nextError());
            }
        }
    }

    @Test
    void anOutputThatIsReadNoMoreEndsTheWaiting() throws Exception {
        try (CommandProcess echo = receiver("nio", "--echo");
                CommandProcess send = CommandProcess.sluice(
                        "send", "--to", echo.address(), "--text", "x", "--repeat", "2", "--wait", "3600")) {
            send.process.getInputStream().close();
            assertTrue(send.nextError().endsWith(" 1 bytes"));
            assertTrue(send.process.waitFor(300, TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll"})
    void aFamilyIsChosen(String provider, @TempDir Path folder) throws Exception {
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 both.test\n::1 both.test\n");
        try (CommandProcess receiver = CommandProcess.sluice(
                List.of(), hosts, "receive", "-6", "--bind", "both.test:0", "--count", "1", "--provider", provider)) {
            String at = receiver.address();
            assertTrue(at.startsWith("[::1]:"), at);
            String to = "both.test" + at.substring(at.lastIndexOf(':'));
            try (CommandProcess send = CommandProcess.sluice(
                    List.of(), hosts, "send", "-6", "--to", to, "--text", "x", "--provider", provider)) {
                assertTrue(send.end().errors().contains(" to " + at + " "));
            }
            try (CommandProcess send =
                    CommandProcess.sluice(List.of(), hosts, "send", "-4", "--unconnected", "--to", to, "--text", "x")) {
                assertTrue(send.end().errors().contains(" to 127.0.0.1:"));
            }
        }
    }

    @Test
    void aFileIsSentAgain(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("lines"), "a\nb\n");
        CommandResult sent =
                sluice("send", "--to", "127.0.0.1:9", "--repeat", "1000", "--unconnected", file.toString());
        assertEquals(2000, sent.counted(), sent.errors());
        Path empty = Files.createFile(folder.resolve("empty"));
        assertEquals(
                0,
                sluice("send", "--to", "127.0.0.1:9", "--for", "3600", "--unconnected", empty.toString())
                        .counted());
    }
}
