// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static dev.sluice.cli.CommandResult.sluice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sluice measure}, both sides. */
class MeasureTest {
    private static CommandProcess server(String bind, String provider) throws Exception {
        return CommandProcess.sluice("measure", "--bind", bind, "--provider", provider);
    }

    private static String address(CommandProcess server) throws InterruptedException {
        String line = server.nextError();
        assertTrue(line.matches("measuring on \\S+ through \\w+"), line);
        return line.split(" ")[2];
    }

    private static long number(String json, String name) {
        MatchResult found = Pattern.compile("\"" + name + "\":(\\d+)")
                .matcher(json)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + json));
        return Long.parseLong(found.group(1));
    }

    private static long sum(List<String> lines, String name) {
        return lines.stream().mapToLong(line -> number(line, name)).sum();
    }

    @ParameterizedTest
    @CsvSource({"nio, 127.0.0.1:0", "epoll, 127.0.0.1:0", "nio, [::1]:0", "epoll, [::1]:0"})
    void aGoodPathLosesNothingAndTheIntervalsAddUp(String provider, String bind) throws Exception {
        try (CommandProcess server = server(bind, provider)) {
            String to = address(server);
            CommandResult ran = sluice(
                    "measure",
                    "--to",
                    to,
                    "--provider",
                    provider,
                    "--rate",
                    "2000",
                    "--size",
                    "100",
                    "--for",
                    "0.4",
                    "--interval",
                    "0.1",
                    "--json");
            assertEquals(0, ran.status(), ran.errors());
            List<String> lines = ran.text().lines().toList();
            String summary = lines.get(lines.size() - 1);
            List<String> intervals = lines.subList(0, lines.size() - 1);
            assertTrue(intervals.size() > 1, ran.text());
            assertTrue(intervals.stream().allMatch(line -> line.startsWith("{\"type\":\"interval\",")), ran.text());
            assertTrue(summary.startsWith("{\"type\":\"summary\","), summary);
            long sent = number(summary, "sent");
            assertTrue(sent > 1, summary);
            assertEquals(sent, number(summary, "received"), summary);
            assertEquals(100 * sent, number(summary, "receivedBytes"), summary);
            assertEquals(0, number(summary, "lost"), summary);
            assertEquals(0, number(summary, "duplicated"), summary);
            for (String name : List.of("sent", "sentBytes", "received", "receivedBytes", "lost")) {
                assertEquals(number(summary, name), sum(intervals, name), name + " in " + ran.text());
            }
            assertTrue(
                    summary.matches(".*\"roundTripMillis\":\\{\"p50\":[0-9.]+,\"p99\":[0-9.]+,\"max\":[0-9.]+\\}.*"),
                    summary);
            assertTrue(
                    summary.endsWith("\"errors\":{},\"remote\":\"" + to + "\",\"provider\":\"" + provider + "\"}"),
                    summary);
        }
    }

    /** How many numbers below an end have that last digit. */
    private static long withDigit(int digit, long end) {
        return LongStream.range(0, end).filter(number -> number % 10 == digit).count();
    }

    @Test
    void whatAPathDoesIsCountedExactly() throws Exception {
        try (CommandProcess server = server("127.0.0.1:0", "epoll")) {
            HostPort at = HostPort.parse(address(server));
            try (UnreliableRelay relay = new UnreliableRelay(new InetSocketAddress(at.host(), at.port()))) {
                CommandResult ran =
                        sluice("measure", "--to", relay.address(), "--rate", "500", "--for", "0.4", "--json");
                assertEquals(0, ran.status(), ran.errors());
                String summary =
                        ran.text().lines().reduce((first, second) -> second).orElseThrow();
                long sent = number(summary, "sent");
                assertTrue(sent > 10, summary);
                assertEquals(withDigit(3, sent), number(summary, "lost"), summary);
                assertEquals(withDigit(5, sent), number(summary, "duplicated"), summary);
                // Numbered 7 and the very last, it isn't overtaken.
                assertEquals(withDigit(7, sent - 1), number(summary, "reordered"), summary);
            }
            server.process.toHandle().destroy();
            assertTrue(server.nextError().matches("measured \\d+ datagrams of 1 client; dropped by the kernel: \\d+"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll"})
    void aSignalEndsItWithASummary(String provider) throws Exception {
        try (CommandProcess server = server("127.0.0.1:0", provider);
                CommandProcess client = CommandProcess.sluice(
                        "measure",
                        "--to",
                        address(server),
                        "--provider",
                        provider,
                        "--interval",
                        "0.05",
                        "--for",
                        "3600")) {
            BufferedReader out = new BufferedReader(new InputStreamReader(client.process.getInputStream()));
            for (int i = 0; i < 3; i++) { // two headings, and the first interval
                assertTrue(out.readLine() != null);
            }
            client.process.toHandle().destroy();
            List<String> last = out.lines().toList();
            assertTrue(last.contains("in all"), last::toString);
            String unknown = provider.equals("nio") ? "an unknown number" : "0";
            assertTrue(last.get(last.size() - 2).matches("lost 0 of \\d+ .*"), last::toString);
            assertEquals("the server's kernel dropped " + unknown + "; errors: none", last.get(last.size() - 1));
            assertEquals(143, client.process.waitFor());
        }
    }

    @Test
    void theTextFitsATerminal() throws Exception {
        try (CommandProcess server = server("127.0.0.1:0", "epoll")) {
            CommandResult ran = sluice("measure", "--to", address(server), "--for", "0.1", "--rate", "0");
            assertEquals(0, ran.status(), ran.errors());
            assertTrue(ran.text().lines().allMatch(line -> line.length() < 80), ran.text());
            assertTrue(
                    ran.text().lines().anyMatch(line -> line.matches("lost \\d+ of \\d+ \\([0-9.]+ %\\)")), ran.text());
        }
    }

    @Test
    void nothingIsSentToAHostThatDoesNotAnswer() throws Exception {
        try (CommandProcess other = CommandProcess.sluice("receive", "--bind", "127.0.0.1:0", "--provider", "epoll")) {
            String to = other.address();
            CommandResult ran = sluice("measure", "--to", to, "--rate", "0");
            assertEquals(1, ran.status());
            assertEquals("sluice: no 'sluice measure --bind' answers at " + to + "\n", ran.errors());
            other.process.toHandle().destroy();
            assertTrue(
                    other.end().errors().endsWith("received 5 datagrams, 440 bytes; dropped by the kernel: 0"),
                    "five questions");
        }
    }
}
