// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** README's metrics client: lines of many threads arrive, and a collector that was down costs none of the good ones. */
class MetricsTest {
    private static final int THREADS = 4;
    private static final int LINES = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll"})
    void J1_linesOfManyThreadsArrive(String name) throws Exception {
        UdpSocketProvider provider = UdpSockets.provider(name);
        try (UdpSocket collector = provider.open(new InetSocketAddress("127.0.0.1", 0));
                Metrics metrics = new Metrics(provider, collector.localAddress())) {
            IncomingDatagramStream in = collector.stream().incoming();
            Set<String> sent = new TreeSet<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                for (int line = 0; line < LINES; line++) {
                    sent.add("t" + thread + "." + line + ":1|c");
                }
                threads.add(new Thread(() -> {
                    for (int line = 0; line < LINES; line++) {
                        metrics.send("t" + thread + "." + line + ":1|c");
                    }
                }));
            }
            threads.forEach(Thread::start);
            Set<String> arrived = new TreeSet<>();
            while (arrived.size() < sent.size()) {
                List<IncomingDatagram> received = in.receive(THREADS * LINES, PATIENCE);
                assertTrue(!received.isEmpty(), () -> arrived.size() + " arrived");
                received.forEach(one ->
                        arrived.add(StandardCharsets.UTF_8.decode(one.data()).toString()));
            }
            assertEquals(sent, arrived);
            assertEquals(0, metrics.dropped());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll"})
    void J1_S8_aCollectorThatIsDownCostsNoGoodLine(String name) throws Exception {
        UdpSocketProvider provider = UdpSockets.provider(name);
        InetSocketAddress address;
        try (UdpSocket gone = provider.open(new InetSocketAddress("127.0.0.1", 0))) {
            address = gone.localAddress();
        }
        try (Metrics metrics = new Metrics(provider, address)) {
            for (int line = 0; line < LINES; line++) {
                metrics.send("while:it|is|down");
            }
            try (UdpSocket collector = provider.open(address)) {
                IncomingDatagramStream in = collector.stream().incoming();
                metrics.send("good:1|c");
                assertEquals(
                        "good:1|c",
                        StandardCharsets.UTF_8
                                .decode(in.receive(1, PATIENCE).get(0).data())
                                .toString());
            }
            assertEquals(0, metrics.dropped());
        }
    }
}
