// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sending without a route, and over a slow link, in network namespaces. */
class NamespaceTest {
    private Namespace here;
    private Namespace there;

    @BeforeEach
    void makeNamespaces() throws Exception {
        here = Namespace.create();
        there = Namespace.create();
    }

    @AfterEach
    void removeNamespaces() throws Exception {
        for (Namespace namespace :
                Stream.of(here, there).filter(Objects::nonNull).toList()) {
            namespace.close();
        }
    }

    /** With a peer the socket can't even be connected; without, each datagram fails, and none is counted. */
    @ParameterizedTest
    @CsvSource({"nio", "epoll"})
    void E7_anUnreachableNetworkIsOneLine(String provider) throws Exception {
        String to = "192.0.2.1:9";
        try (CommandProcess send = CommandProcess.sluice(here.inside(), "send", "--to", to, "--provider", provider)) {
            CommandResult ran = send.end();
            assertEquals(1, ran.status());
            assertEquals("sluice: remote-unreachable: no route leads to " + to, ran.errors());
        }
        try (CommandProcess send =
                CommandProcess.sluice(here.inside(), "send", "--to", to, "--provider", provider, "--unconnected")) {
            send.input("line\n".repeat(2000));
            CommandResult ran = send.end();
            assertEquals(1, ran.status());
            assertEquals(
                    "sluice: remote-unreachable: no route leads to " + to,
                    ran.errors().lines().findFirst().orElse(""));
            assertTrue(ran.errors().contains("sent 0 of 2000 datagrams, 0 bytes"), ran.errors());
            assertTrue(ran.errors().contains("errors: remote-unreachable 2000"), ran.errors());
        }
    }

    /**
     * The buffer fills after some hundred datagrams; the gate closes, and nothing is lost. The kernel may let some overtake
     * others: two processors empty the queue of a slow link, the sender's and that of the queue's timer.
     */
    @ParameterizedTest
    @CsvSource({"nio, false", "epoll, false", "nio, true", "epoll, true"})
    void C4_aFullBufferIsWaitedFor(String provider, boolean unconnected) throws Exception {
        here.must("ip link add va type veth peer name vb netns " + there.name())
                .must("ip addr add 10.99.0.1/24 dev va")
                .must("ip link set va up")
                .must("tc qdisc add dev va root tbf rate 20mbit burst 16kb limit 8mb");
        there.must("ip addr add 10.99.0.2/24 dev vb").must("ip link set vb up");
        StringBuilder input = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            input.append(String.format("%01000d\n", i));
        }
        List<String> args = new ArrayList<>(List.of("send", "--provider", provider, "--to"));
        try (Receiver receiver = new Receiver(there.inside(), "10.99.0.2", 0)) {
            args.add("10.99.0.2:" + receiver.port());
            if (unconnected) {
                args.add("--unconnected");
            }
            try (CommandProcess send = CommandProcess.sluice(here.inside(), args.toArray(String[]::new))) {
                send.input(input.toString());
                CommandResult ran = send.end();
                assertEquals(0, ran.status(), ran.errors());
                assertEquals(2000, ran.counted());
            }
            receiver.await(2000);
            List<byte[]> arrived = receiver.end();
            assertEquals(2000, arrived.size());
            int[] numbers = arrived.stream()
                    .mapToInt(line -> Integer.parseInt(new String(line, StandardCharsets.US_ASCII)))
                    .sorted()
                    .toArray();
            assertArrayEquals(IntStream.range(0, 2000).toArray(), numbers);
        }
    }
}
