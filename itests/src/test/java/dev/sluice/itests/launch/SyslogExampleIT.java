// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** examples/syslog: lines arrive as messages of RFC 5424. With a closed gate, netlab tries it. */
class SyslogExampleIT {
    private static final Pattern MESSAGE = Pattern.compile("<14>1 (\\S+) - app \\d+ - - \\uFEFF(.*)");

    @TempDir
    static Path folder;

    private static ExampleBuild syslog;

    @BeforeAll
    static void build() throws Exception {
        syslog = ExampleBuild.of("syslog");
    }

    @Test
    void J2_theLinesOfAFileArriveInOrder() throws Exception {
        String longest = "x".repeat(65_000);
        Path file = file("first\n\nZ\u00fcrich\n" + longest + "\nwithout an end");
        try (Listener collector = new Listener()) {
            Outcome outcome = syslog.run("127.0.0.1", collector.port(), "app", file.toString());
            assertEquals(0, outcome.assertSuccess().errors().length(), outcome::toString);
            assertMessages(collector, "first", "", "Z\u00fcrich", longest, "without an end");
        }
    }

    @Test
    void J2_theLinesOfStandardInputArrive() throws Exception {
        Path file = file("one\r\ntwo\r\n");
        try (Listener collector = new Listener()) {
            syslog.run(Redirect.from(file.toFile()), "127.0.0.1", collector.port(), "app")
                    .assertSuccess();
            assertMessages(collector, "one", "two");
        }
    }

    @Test
    void linesThatCantBeSentAreTold() throws Exception {
        Path file = folder.resolve("bad");
        String text = "good\nZ\u00fcrich\n" + "x".repeat(65_000) + "\rx\ngood, too\n";
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1)); // in which the second is not UTF-8
        try (Listener collector = new Listener()) {
            Outcome outcome = syslog.run("127.0.0.1", collector.port(), "app", file.toString());
            assertEquals(1, outcome.status(), outcome::toString);
            assertEquals(
                    List.of(
                            "syslog: line 2 was left out: not UTF-8",
                            "syslog: line 3 was left out: longer than 65000 bytes"),
                    outcome.errors().lines().toList());
            assertMessages(collector, "good", "good, too");
        }
    }

    @Test
    void wrongArgumentsAreTold() throws Exception {
        for (List<String> wrong : List.of(
                List.of("127.0.0.1", "514"),
                List.of("127.0.0.1", "0", "app"),
                List.of("127.0.0.1", "514", "two words"),
                List.of("127.0.0.1", "514", "app", folder.resolve("none").toString()))) {
            Outcome outcome = syslog.run(wrong.toArray(String[]::new));
            assertEquals(64, outcome.status(), outcome::toString);
            assertEquals(1, outcome.errors().lines().count(), outcome::toString);
        }
    }

    private static Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "lines", ".txt"), text);
    }

    private static void assertMessages(Listener collector, String... lines) throws IOException {
        Instant before = Instant.EPOCH;
        for (String line : lines) {
            String received = collector.receive();
            Matcher message = MESSAGE.matcher(received);
            assertTrue(message.matches(), received);
            assertEquals(line, message.group(2));
            Instant time = Instant.parse(message.group(1));
            assertTrue(!time.isBefore(before), received);
            before = time;
        }
    }
}
