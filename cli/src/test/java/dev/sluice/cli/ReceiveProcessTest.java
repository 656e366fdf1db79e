// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sluice receive} as a process, fed by {@code sluice send} of this one. */
class ReceiveProcessTest {
    private static final int SIGTERM_STATUS = 143;

    @ParameterizedTest
    @CsvSource({"nio, 127.0.0.1:0", "epoll, 127.0.0.1:0", "nio, [::1]:0", "epoll, [::1]:0"})
    void printsPayloadsAndSources(String provider, String bind) throws Exception {
        try (CommandProcess receiver =
                CommandProcess.sluice("receive", "--bind", bind, "--provider", provider, "--count", "4")) {
            send(receiver.address(), "one\n\ntwo\nthree");
            CommandResult ran = receiver.end();
            assertEquals(0, ran.status(), ran.errors());
            assertEquals("one\n\ntwo\nthree\n", ran.text());
            String host =
                    bind.substring(0, bind.length() - 2).replace("[", "\\[").replace("]", "\\]");
            String source = host + ":\\d+ ";
            assertTrue(
                    ran.errors()
                            .matches(source + "3 bytes\n" + source + "0 bytes\n" + source + "3 bytes\n" + source
                                    + "5 bytes\nreceived 4 datagrams, 11 bytes; .*"),
                    ran.errors());
        }
    }

    @Test
    void rawAddsNothing() throws Exception {
        try (CommandProcess receiver =
                CommandProcess.sluice("receive", "--bind", "127.0.0.1:0", "--raw", "--count", "3")) {
            send(receiver.address(), "\0\n\u00ff\nxyz");
            assertArrayEquals(
                    "\0\u00ffxyz".getBytes(StandardCharsets.ISO_8859_1),
                    receiver.end().output());
        }
    }

    @Test
    void endsInTimeAndSaysWhatIsMissing() throws Exception {
        try (CommandProcess receiver =
                CommandProcess.sluice("receive", "--bind", "127.0.0.1:0", "--count", "3", "--for", "0.2")) {
            receiver.address();
            CommandResult ran = receiver.end();
            assertEquals(1, ran.status());
            assertTrue(ran.errors().endsWith("sluice: only 0 of 3 datagrams arrived in time"), ran.errors());
        }
        assertEquals(
                0,
                CommandResult.sluice("receive", "--bind", "127.0.0.1:0", "--for", "0.01")
                        .status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll"})
    void aSignalEndsItInOrder(String provider) throws Exception {
        try (CommandProcess receiver =
                CommandProcess.sluice("receive", "--bind", "127.0.0.1:0", "--provider", provider)) {
            send(receiver.address(), "hello\n");
            assertTrue(receiver.nextError().endsWith(" 5 bytes"));
            receiver.process.toHandle().destroy();
            CommandResult ran = receiver.end();
            assertEquals(SIGTERM_STATUS, ran.status());
            assertEquals("hello\n", ran.text());
            String dropped = provider.equals("nio") ? "unknown" : "0";
            assertEquals("received 1 datagram, 5 bytes; dropped by the kernel: " + dropped, ran.errors());
        }
    }

    @Test
    void aClosedStandardOutputEndsItQuietly() throws Exception {
        try (CommandProcess receiver = CommandProcess.sluice("receive", "--bind", "127.0.0.1:0")) {
            String address = receiver.address();
            receiver.process.getInputStream().close();
            send(address, "hello\n");
            assertTrue(receiver.nextError().endsWith(" 5 bytes"));
            assertTrue(receiver.process.waitFor(300, TimeUnit.SECONDS));
            assertEquals(0, receiver.process.exitValue());
            assertTrue(receiver.nextError().startsWith("received 0 datagrams, 0 bytes; "));
        }
    }

    @Test
    void aTakenPortIsOneLine() throws Exception {
        try (CommandProcess receiver = CommandProcess.sluice("receive", "--bind", "127.0.0.1:0")) {
            String address = receiver.address();
            CommandResult ran = CommandResult.sluice("receive", "--bind", address);
            assertEquals(1, ran.status());
            assertEquals(
                    "sluice: address-in-use: can't receive on " + address + "; another socket is bound to it\n",
                    ran.errors());
        }
    }

    /** What is typed leaves line by line, though more may come. */
    @Test
    void eachLineIsSentWhenItComes() throws Exception {
        try (CommandProcess receiver = CommandProcess.sluice("receive", "--bind", "127.0.0.1:0");
                CommandProcess sender = CommandProcess.sluice("send", "--to", receiver.address())) {
            for (String line : new String[] {"one", "three", ""}) {
                sender.input(line + "\n");
                assertTrue(receiver.nextError().endsWith(" " + line.length() + " bytes"));
            }
            assertEquals(0, sender.end().status());
        }
    }

    private static void send(String to, String lines) {
        CommandResult ran = CommandResult.sluice(lines.getBytes(StandardCharsets.ISO_8859_1), "send", "--to", to);
        assertEquals(0, ran.status(), ran.errors());
    }
}
