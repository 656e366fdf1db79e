// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.syslog.Main;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** examples/syslog, on the peer's host, whose link is slow. */
class SyslogExampleTest {
    private static final int PORT = 7063;
    private static final int LINES = 1000;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int ATTEMPTS = 1000;

    private static final Pattern MESSAGE = Pattern.compile("<14>1 \\S+ - app \\d+ - - \\uFEFF(.*)");
    private static final Pattern QUEUED = Pattern.compile("backlog \\d+K?b (\\d+)p");

    @EverySetting
    void J2_noLineIsLostWhileTheGateIsClosed(String provider, Family family) throws Exception {
        List<String> lines = IntStream.range(0, LINES)
                .mapToObj(number -> "%04d ".formatted(number) + "x".repeat(995))
                .toList();
        try (Lab lab = Lab.open(family);
                DatagramSocket collector = new DatagramSocket(here(family))) {
            collector.setSoTimeout(PATIENCE_MILLIS);
            SlowLink.NEARLY_STOPPED.beginAt(lab.peer);
            String host = here(family).getAddress().getHostAddress();
            try (Program syslog = Program.at(lab.peer, provider, Main.class, host, "" + PORT, "app")) {
                Thread writer = new Thread(() -> write(lines, syslog), "writer");
                writer.setDaemon(true);
                writer.start();
                awaitQueue(lab.peer);
                assertTrue(syslog.isAlive(), "it waits: the lines are more than the send buffer holds");

                SlowLink.SLOW.changeToAt(lab.peer);
                List<String> arrived = new ArrayList<>();
                for (int i = 0; i < LINES; i++) {
                    arrived.add(line(collector));
                }
                arrived.sort(null); // what overtook another in the kernel
                assertEquals(lines, arrived);
                syslog.assertEnds(0);
                assertEquals(Lines.END, syslog.next(), "it has no errors to tell");
            }
        }
    }

    private static InetSocketAddress here(Family family) {
        return Lab.address(family == Family.IPV4 ? "10.77.0.1" : "fd77::1", PORT);
    }

    private static void write(List<String> lines, Program syslog) {
        try (OutputStream input = syslog.input()) {
            for (String line : lines) {
                input.write((line + "\n").getBytes(UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Until messages queue up at the link: from then on the send buffer fills. */
    private static void awaitQueue(Peer peer) throws InterruptedException {
        long queued = 0;
        for (int i = 0; i < ATTEMPTS && queued < 50; i++) {
            Thread.sleep(50);
            Matcher matcher = QUEUED.matcher(peer.run("tc -s qdisc show dev " + Lab.THERE));
            queued = matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
        }
        assertTrue(queued >= 50, () -> "the link is not the bottleneck");
    }

    private static String line(DatagramSocket collector) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        collector.receive(packet);
        String received = new String(packet.getData(), 0, packet.getLength(), UTF_8);
        Matcher message = MESSAGE.matcher(received);
        assertTrue(message.matches(), received);
        return message.group(1);
    }
}
