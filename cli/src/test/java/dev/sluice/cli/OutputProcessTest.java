// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output that can't be written is an error with a status, whatever writes it; only a closed pipe is an end. */
class OutputProcessTest {
    private static final String GUESTS = "../endive/src/test/guests/";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "receive --help",
                "providers",
                "demo pom.xml",
                "run " + GUESTS + "programs/statsd.wasm --allow bind=* --allow send=* -- count=1 port=9",
                "run " + GUESTS + "components/statsd.wasm --allow bind=* --allow send=* -- count=1 port=9",
            })
    void aFullDiskIsAnError(String line) throws Exception {
        try (CommandProcess launched = CommandProcess.sluice(to("/dev/full", "C"), line.split(" "))) {
            assertFull(launched.end());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--count 1", "--raw", "--for 60"})
    void aFullDiskEndsReceiving(String options) throws Exception {
        List<String> args = new ArrayList<>(List.of("receive", "--bind", "127.0.0.1:0"));
        args.addAll(List.of(options.split(" ")));
        try (CommandProcess receiver = CommandProcess.sluice(to("/dev/full", "C"), args.toArray(String[]::new))) {
            send(receiver.address());
            assertTrue(receiver.nextError().endsWith(" 5 bytes"));
            assertTrue(receiver.nextError().startsWith("received 0 datagrams, 0 bytes; "));
            assertFull(receiver.end());
        }
    }

    @Test
    void sourcesThatCannotBeWrittenAreAnErrorToo() throws Exception {
        List<String> prefix = List.of("sh", "-c", "exec \"$0\" \"$@\" 2>/dev/full");
        try (CommandProcess launched =
                CommandProcess.sluice(prefix, "receive", "--bind", "127.0.0.1:0", "--for", "0.01")) {
            assertEquals(1, launched.end().status());
        }
    }

    /** Which is known by a text that the C library translates. */
    @ParameterizedTest
    @ValueSource(strings = {"C", "de_DE.UTF-8"})
    void aClosedPipeIsNone(String language) throws Exception {
        for (String command : List.of("--help", "providers")) {
            try (CommandProcess launched = CommandProcess.sluice(List.of("env", "LC_ALL=" + language), command)) {
                launched.process.getInputStream().close();
                assertEquals(0, launched.process.waitFor());
                assertEquals(null, launched.errorWithin(0));
            }
        }
        try (CommandProcess receiver =
                CommandProcess.sluice(List.of("env", "LC_ALL=" + language), "receive", "--bind", "127.0.0.1:0")) {
            String address = receiver.address();
            receiver.process.getInputStream().close();
            send(address);
            assertEquals(0, receiver.process.waitFor());
        }
    }

    private static List<String> to(String file, String language) {
        return List.of("sh", "-c", "LC_ALL=" + language + " exec \"$0\" \"$@\" >" + file);
    }

    private static void assertFull(CommandResult ran) {
        assertEquals(1, ran.status(), ran.errors());
        String[] lines = ran.errors().split("\n");
        assertEquals("sluice: can't write to standard output: No space left on device", lines[lines.length - 1]);
    }

    private static void send(String to) {
        CommandResult ran = CommandResult.sluice("hello".getBytes(), "send", "--to", to);
        assertEquals(0, ran.status(), ran.errors());
    }
}
