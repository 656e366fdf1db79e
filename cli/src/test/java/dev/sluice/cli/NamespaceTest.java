package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that no machine has by itself: without a way, and with a narrow one. Made with {@code ip netns}, as root. */
class NamespaceTest {
    private static final int MOST_SECONDS = 300;

    private final String here = "sluice-cli-a-" + ProcessHandle.current().pid();
    private final String there = "sluice-cli-b-" + ProcessHandle.current().pid();

    @BeforeEach
    void makeNamespaces() throws Exception {
        removeNamespaces(); // a run that was killed may have left them: process numbers come again
        boolean isPossible = run("ip", "netns", "add", here) && run("ip", "netns", "add", there);
        if (!"true".equals(System.getenv("CI"))) {
            Assumptions.assumeTrue(isPossible, "needs root and iproute2: network namespaces");
        }
        assertTrue(isPossible, "ip netns add");
    }

    @AfterEach
    void removeNamespaces() throws Exception {
        run("ip", "netns", "del", here);
        run("ip", "netns", "del", there);
    }

    /** With a peer the socket can't even be connected; without, each datagram fails, and none is counted. */
    @ParameterizedTest
    @CsvSource({"nio", "epoll"})
    void E7_anUnreachableNetworkIsOneLine(String provider) throws Exception {
        String to = "192.0.2.1:9";
        try (Launched send = Launched.sluice(in(here), "send", "--to", to, "--provider", provider)) {
            Ran ran = send.end();
            assertEquals(1, ran.status());
            assertEquals("sluice: remote-unreachable: no way leads to " + to, ran.errors());
        }
        try (Launched send = Launched.sluice(in(here), "send", "--to", to, "--provider", provider, "--unconnected")) {
            send.input("line\n".repeat(2000));
            Ran ran = send.end();
            assertEquals(1, ran.status());
            assertEquals(
                    "sluice: remote-unreachable: no way leads to " + to,
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
        must("ip", "link", "add", "va", "netns", here, "type", "veth", "peer", "name", "vb", "netns", there);
        must("ip", "-n", here, "addr", "add", "10.99.0.1/24", "dev", "va");
        must("ip", "-n", there, "addr", "add", "10.99.0.2/24", "dev", "vb");
        must("ip", "-n", here, "link", "set", "va", "up");
        must("ip", "-n", there, "link", "set", "vb", "up");
        must(
                "tc", "-n", here, "qdisc", "add", "dev", "va", "root", "tbf", "rate", "20mbit", "burst", "16kb",
                "limit", "8mb");
        StringBuilder input = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            input.append(String.format("%01000d\n", i));
        }
        List<String> args = new ArrayList<>(List.of("send", "--provider", provider, "--to"));
        try (Receiver receiver = new Receiver(in(there), "10.99.0.2", 0)) {
            args.add("10.99.0.2:" + receiver.port());
            if (unconnected) {
                args.add("--unconnected");
            }
            try (Launched send = Launched.sluice(in(here), args.toArray(String[]::new))) {
                send.input(input.toString());
                Ran ran = send.end();
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

    private static List<String> in(String namespace) {
        return List.of("ip", "netns", "exec", namespace);
    }

    private static void must(String... command) throws Exception {
        assertTrue(run(command), String.join(" ", command));
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(MOST_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }
}
