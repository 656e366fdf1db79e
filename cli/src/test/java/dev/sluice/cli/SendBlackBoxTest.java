// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code sluice send} sends, seen by a receiver in another language; and that it counts just that. */
class SendBlackBoxTest {
    private static final int MOST_SECONDS = 300;

    private final Random random = new Random(42);

    @ParameterizedTest
    @CsvSource({
        "nio, 127.0.0.1, false", "nio, 127.0.0.1, true", "nio, ::1, false", "nio, ::1, true",
        "epoll, 127.0.0.1, false", "epoll, 127.0.0.1, true", "epoll, ::1, false", "epoll, ::1, true"
    })
    void linesOfAllSizesArrive(String provider, String host, boolean unconnected) throws Exception {
        int largest = host.contains(":") ? 65_527 : 65_507;
        List<byte[]> lines = new ArrayList<>();
        for (int size : new int[] {0, 1, 2, 0, 0, 1471, 1472, 1473, 65_506, 65_507, largest, 0, 3, 3, 3, 2, 3}) {
            lines.add(line(size));
        }
        for (int i = 0; i < 60; i++) {
            lines.add(line(random.nextInt(i % 4 == 0 ? 65_508 : 300)));
        }
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            input.write(line);
            input.write('\n');
        }
        try (Receiver receiver = Receiver.on(host, 0)) {
            CommandResult ran = send(receiver, host, input.toByteArray(), provider, unconnected, "--rate", "2000");
            List<byte[]> arrived = receiver.end();
            assertSame(lines, arrived);
            assertEquals(arrived.size(), ran.counted());
            assertEquals(0, ran.status(), ran.errors());
            assertTrue(ran.errors().contains("errors: none"), ran.errors());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nio, 127.0.0.1, 1",
        "epoll, 127.0.0.1, 1",
        "nio, ::1, 1200",
        "epoll, ::1, 1200",
        "epoll, 127.0.0.1, 65507"
    })
    void randomBytesArriveInBlocks(String provider, String host, int size) throws Exception {
        byte[] input = new byte[size * 200 + (size > 1 ? 17 : 0)];
        random.nextBytes(input);
        List<byte[]> blocks = new ArrayList<>();
        for (int at = 0; at < input.length; at += size) {
            blocks.add(Arrays.copyOfRange(input, at, Math.min(input.length, at + size)));
        }
        try (Receiver receiver = Receiver.on(host, 0)) {
            CommandResult ran =
                    send(receiver, host, input, provider, false, "--rate", "2000", "--datagram", String.valueOf(size));
            List<byte[]> arrived = receiver.end();
            assertSame(blocks, arrived);
            assertEquals(arrived.size(), ran.counted());
            assertEquals(0, ran.status(), ran.errors());
        }
    }

    @ParameterizedTest
    @CsvSource({"nio, false", "epoll, false", "nio, true", "epoll, true"})
    void E6_whatIsTooLargeIsSkippedAndNotCounted(String provider, boolean unconnected, @TempDir Path directory)
            throws Exception {
        Path file = directory.resolve("lines");
        Files.writeString(file, "a\n" + "x".repeat(65_508) + "\nb\n" + "y".repeat(700_000) + "\nc");
        try (Receiver receiver = Receiver.on("127.0.0.1", 0)) {
            CommandResult ran = send(receiver, "127.0.0.1", new byte[0], provider, unconnected, file.toString());
            assertSame(List.of(bytes("a"), bytes("b"), bytes("c")), receiver.end());
            assertEquals(1, ran.status());
            assertTrue(ran.errors().contains("sent 3 of 5 datagrams, 3 bytes"), ran.errors());
            assertTrue(ran.errors().contains("errors: datagram-too-large 2"), ran.errors());
            assertTrue(ran.errors().contains("sluice: datagram-too-large: datagram 2 "), ran.errors());
        }
    }

    /** The port closes, refuses, and opens again; what is sent from then on arrives, each datagram once. */
    @ParameterizedTest
    @CsvSource({"nio, 127.0.0.1", "epoll, 127.0.0.1", "nio, ::1", "epoll, ::1"})
    void S8_twoThousandSendsAfterAnErrorArrive(String provider, String host) throws Exception {
        int port = FreePort.on(host);
        PipedOutputStream input = new PipedOutputStream();
        Watched errors = new Watched("connection-refused");
        Stdio io = new Stdio(
                new PipedInputStream(input, 1 << 20),
                new Output(OutputStream.nullOutputStream()),
                errors.stream(),
                false,
                false);
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() ->
                Sluice.execute(io, "send", "--to", address(host, port), "--provider", provider, "--rate", "20000"));
        List<byte[]> expected = new ArrayList<>();
        // To a closed port: the second one's send meets the first one's error.
        input.write(bytes("one\n"));
        input.flush();
        while (!errors.seen.await(20, TimeUnit.MILLISECONDS)) {
            input.write(bytes("another\n"));
            input.flush();
        }
        try (Receiver receiver = Receiver.on(host, port)) {
            for (int i = 0; i < 2000; i++) {
                expected.add(bytes("line " + i));
                input.write(bytes("line " + i + "\n"));
            }
            input.close();
            assertEquals(1, status.get(MOST_SECONDS, TimeUnit.SECONDS));
            List<byte[]> arrived = receiver.end();
            // Of the lines before, some may have been sent when the port was open already.
            List<byte[]> late = arrived.subList(0, arrived.size() - 2000);
            assertSame(Collections.nCopies(late.size(), bytes("another")), late);
            assertSame(expected, arrived.subList(late.size(), arrived.size()));
        }
    }

    @ParameterizedTest
    @CsvSource({"nio, 127.0.0.1", "epoll, 127.0.0.1", "nio, ::1", "epoll, ::1"})
    void E8_twoThousandSendsToAClosedPortEnd(String provider, String host) throws Exception {
        String to = address(host, FreePort.on(host));
        CommandResult ran =
                CommandResult.sluice(bytes("line\n".repeat(2000)), "send", "--to", to, "--provider", provider);
        assertEquals(1, ran.status());
        assertEquals(2000, ran.counted());
        assertTrue(ran.errors().contains("sluice: connection-refused: no process listens on " + to), ran.errors());
        assertEquals(2, ran.errors().lines().count(), ran.errors());
    }

    @ParameterizedTest
    @CsvSource({"nio", "epoll"})
    void E8_aSingleDatagramToAClosedPortIsNoSuccess(String provider) throws Exception {
        String to = address("127.0.0.1", FreePort.on("127.0.0.1"));
        CommandResult ran = CommandResult.sluice(bytes("line"), "send", "--to", to, "--provider", provider);
        assertEquals(1, ran.status(), ran.errors());
        assertTrue(ran.errors().contains("sent 1 of 1 datagrams, 4 bytes"), ran.errors());
        assertTrue(ran.errors().contains("errors: connection-refused 1"), ran.errors());
    }

    private static CommandResult send(
            Receiver receiver, String host, byte[] input, String provider, boolean unconnected, String... more)
            throws Exception {
        List<String> args =
                new ArrayList<>(List.of("send", "--to", address(host, receiver.port()), "--provider", provider));
        if (unconnected) {
            args.add("--unconnected");
        }
        args.addAll(List.of(more));
        return CommandResult.sluice(input, args.toArray(String[]::new));
    }

    private byte[] line(int size) {
        byte[] line = new byte[size];
        random.nextBytes(line);
        for (int i = 0; i < size; i++) {
            if (line[i] == '\n') {
                line[i] = '\r';
            }
        }
        return line;
    }

    private static void assertSame(List<byte[]> expected, List<byte[]> arrived) {
        assertEquals(expected.size(), arrived.size(), "datagrams");
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), arrived.get(i), "datagram " + i);
        }
    }

    private static String address(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Standard error of which a word is awaited. */
    private static final class Watched extends ByteArrayOutputStream {
        final CountDownLatch seen = new CountDownLatch(1);
        private final String word;

        Watched(String word) {
            this.word = word;
        }

        PrintStream stream() {
            return new PrintStream(this, true, StandardCharsets.UTF_8);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (toString(StandardCharsets.UTF_8).contains(word)) {
                seen.countDown();
            }
        }
    }
}
