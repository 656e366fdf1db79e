// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names with several addresses, and with others while it runs; known from a file, which the processes read each time. */
class NamesTest {
    private static final int MOST_LINES = 2000;

    @TempDir
    private Path folder;

    private Path hosts(String... lines) throws IOException {
        Path next = Files.write(folder.resolve("next"), List.of(lines));
        return Files.move(next, folder.resolve("hosts"), StandardCopyOption.REPLACE_EXISTING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll"})
    void E8_anAddressThatRefusesIsPassedOver(String provider) throws Exception {
        Path hosts = hosts("127.0.0.1 both.test", "::1 both.test");
        try (Receiver receiver = Receiver.on("::1", FreePort.on("::1"));
                CommandProcess send = CommandProcess.sluice(
                        List.of(), hosts, "send", "--to", "both.test:" + receiver.port(), "--provider", provider)) {
            send.input("one\n\ntwo\n");
            CommandResult ran = send.end();
            int port = receiver.port();
            assertTrue(
                    ran.errors()
                            .startsWith("sluice: connection-refused: no process listens on 127.0.0.1:" + port
                                    + "; trying [::1]:" + port + "\nsent 3 of 3 datagrams, 6 bytes, to [::1]:" + port),
                    ran.errors());
            assertTrue(ran.errors().endsWith("errors: none"), ran.errors());
            assertEquals(0, ran.status());
            assertEquals(List.of("one", "", "two"), text(receiver.end()));
        }
    }

    @ParameterizedTest
    @CsvSource({"nio, 127.0.0.1:0", "epoll, 127.0.0.1:0", "nio, [::]:0", "epoll, [::]:0"})
    void aSenderMeetsAReceiverOfEitherFamily(String provider, String bind) throws Exception {
        Path hosts = hosts("::1 both.test", "127.0.0.1 both.test"); // as the system has them (RFC 6724)
        try (CommandProcess receive =
                CommandProcess.sluice("receive", "--bind", bind, "--count", "1", "--provider", provider)) {
            String address = receive.address();
            String port = address.substring(address.lastIndexOf(':'));
            try (CommandProcess send = CommandProcess.sluice(
                    List.of(), hosts, "send", "--to", "both.test" + port, "--provider", provider)) {
                send.input("hello");
                assertEquals(0, send.end().status());
            }
            assertEquals("hello\n", receive.end().text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll"})
    void E8_theLastAddressIsNotPassedOver(String provider) throws Exception {
        Path hosts = hosts("127.0.0.1 all.test", "127.0.0.2 all.test", "::1 all.test");
        int port = FreePort.on("::1");
        try (CommandProcess send =
                CommandProcess.sluice(List.of(), hosts, "send", "--to", "all.test:" + port, "--provider", provider)) {
            send.input("one\ntwo\n");
            CommandResult ran = send.end();
            assertEquals(1, ran.status());
            String refused = "sluice: connection-refused: no process listens on ";
            List<String> lines = ran.errors().lines().toList();
            assertEquals(refused + "127.0.0.1:" + port + "; trying 127.0.0.2:" + port, lines.get(0));
            assertEquals(refused + "127.0.0.2:" + port + "; trying [::1]:" + port, lines.get(1));
            assertEquals(refused + "[::1]:" + port, lines.get(2));
            assertTrue(lines.get(3).startsWith("sent 2 of 2 datagrams, "), ran.errors());
        }
    }

    @ParameterizedTest
    @CsvSource({"nio, false", "epoll, false", "nio, true", "epoll, true"})
    void E7_anAddressWithoutARouteIsPassedOver(String provider, boolean unconnected) throws Exception {
        Path hosts = hosts("192.0.2.1 both.test", "127.0.0.1 both.test");
        try (Namespace namespace = Namespace.create().must("ip link set lo up");
                Receiver receiver = new Receiver(namespace.inside(), "127.0.0.1", 0);
                CommandProcess send = CommandProcess.sluice(
                        namespace.inside(),
                        hosts,
                        "send",
                        "--to",
                        "both.test:" + receiver.port(),
                        "--provider",
                        provider,
                        unconnected ? "--unconnected" : "-")) {
            send.input("one\ntwo\n");
            CommandResult ran = send.end();
            assertEquals(unconnected ? 1 : 0, ran.status(), ran.errors()); // which sends to the first, as documented
            assertEquals(unconnected ? 0 : 2, receiver.end().size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll"})
    void U2_anAddressThatCannotBeBoundIsPassedOver(String provider) throws Exception {
        Path hosts = hosts("192.0.2.1 both.test", "127.0.0.1 both.test");
        try (CommandProcess receive = CommandProcess.sluice(
                List.of(), hosts, "receive", "--bind", "both.test:0", "--for", "0.01", "--provider", provider)) {
            assertTrue(receive.address().startsWith("127.0.0.1:"));
            assertEquals(0, receive.end().status());
        }
    }

    /** Each line arrives once, at the old address or at the new one; and while the name is unknown nothing changes. */
    @ParameterizedTest
    @CsvSource({
        "nio, 127.0.0.2, false", "epoll, 127.0.0.2, false", "nio, 127.0.0.2, true", "epoll, 127.0.0.2, true",
        "nio, ::1, false", "epoll, ::1, false", "nio, ::1, true", "epoll, ::1, true"
    })
    void aNameThatChangesIsFollowed(String provider, String next, boolean unconnected) throws Exception {
        Path hosts = hosts("127.0.0.1 moving.test");
        try (Receiver before = Receiver.on("127.0.0.1", 0);
                Receiver after = Receiver.on(next, before.port());
                CommandProcess send = CommandProcess.sluice(
                        List.of(),
                        hosts,
                        "send",
                        "--to",
                        "moving.test:" + before.port(),
                        "--resolve",
                        "0.05",
                        "--provider",
                        provider,
                        unconnected ? "--unconnected" : "-")) {
            send.input("first\n");
            before.await(1);
            hosts("127.0.0.1 other.test");
            for (int i = 0; i < 10; i++) {
                send.input("unknown\n");
                before.await(1);
            }
            hosts(next + " moving.test");
            String note = null;
            int lines = 11;
            while (note == null && lines < MOST_LINES) {
                send.input("moving\n");
                lines++;
                note = send.errorWithin(20);
            }
            String address = (next.contains(":") ? "[" + next + "]" : next) + ":" + before.port();
            assertEquals(
                    "sluice: the name has another address: sending to " + address
                            + " from a new socket, no longer to 127.0.0.1:" + before.port(),
                    note);
            send.input("last\n");
            CommandResult ran = send.end();
            assertEquals(0, ran.status(), ran.errors());
            assertEquals(lines + 1, ran.counted());
            List<String> arrived = text(after.end());
            assertEquals("last", arrived.get(arrived.size() - 1));
            assertEquals(lines + 1, arrived.size() + before.end().size());
        }
    }

    private static List<String> text(List<byte[]> datagrams) {
        return datagrams.stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }
}
