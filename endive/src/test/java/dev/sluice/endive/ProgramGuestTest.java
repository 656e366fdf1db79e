// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ordinary programs work: with a real server, with Java, with each other. */
class ProgramGuestTest {

    static Stream<GuestRun> all() {
        return GuestRun.all();
    }

    static Stream<GuestRun> few() {
        return GuestRun.few();
    }

    static Stream<Arguments> statsd() {
        return GuestRun.with(GuestRun.all(), List.of("programs/statsd", "components/statsd"));
    }

    @ParameterizedTest
    @MethodSource("statsd")
    void metricsArriveInOrder(String statsd, GuestRun run) throws Exception {
        try (DatagramSocket collector = listen(run.family())) {
            GuestRun.Outcome outcome = run(statsd, run, collector, "count=200");
            assertEquals(
                    IntStream.rangeClosed(1, 200)
                            .mapToObj(value -> "sluice.sent:" + value + "|c")
                            .toList(),
                    read(collector, 200));
            assertEquals("200 sent\n", outcome.output());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aSyslogMessageFromRustArrives(GuestRun run) throws Exception {
        try (DatagramSocket daemon = listen(run.family())) {
            GuestRun.Outcome outcome = run("programs/syslog", run, daemon, "message=Schleuse geöffnet");
            assertEquals(List.of("<14>1 - - sluice - - - Schleuse geöffnet"), read(daemon, 1));
            assertEquals("", outcome.output());
        }
    }

    static Stream<Arguments> initialised() {
        return GuestRun.with(GuestRun.few(), List.of("programs/initialised", "components/initialised"));
    }

    @ParameterizedTest
    @MethodSource("initialised")
    void aProgramIsInitialisedOnce(String initialised, GuestRun run) throws Exception {
        GuestRun.Outcome outcome = run.run(initialised, Network.unrestricted(), GuestRun.patient());
        assertEquals("initialised 1\n", outcome.output());
    }

    static Stream<Arguments> lines() {
        return GuestRun.with(GuestRun.few(), List.of("programs/lines", "components/lines"));
    }

    /** The component has the same main module, and an adapter, which is not used. */
    @ParameterizedTest
    @MethodSource("lines")
    void aGuestOfTheStandardLibraryMixesPreview1WithSockets(String lines, GuestRun run) throws Exception {
        try (DatagramSocket reader = listen(IpAddressFamily.IPV4)) {
            assertEquals("3 lines\n", lines(lines, run, reader.getLocalPort(), Map.of("COUNT_ONLY", "1")));
            assertEquals("3 lines\n", lines(lines, run, reader.getLocalPort(), Map.of()));
            assertEquals(List.of("first", "", "third"), read(reader, 3));
        }
    }

    private static String lines(String guest, GuestRun run, int port, Map<String, String> environment)
            throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WasiHost host = WasiHost.builder(run.udp())
                .network(Network.unrestricted())
                .limits(GuestRun.patient())
                .arguments(List.of("lines", "port=" + port))
                .environment(environment)
                .stdin(new ByteArrayInputStream("first\n\nthird".getBytes(StandardCharsets.UTF_8)))
                .stdout(out)
                .stderr(System.err)
                .build();
        WasiCommand command = WasiCommand.load(GuestRun.file(guest));
        assertEquals(0, (run.interpreted() ? command.interpreted() : command).run(host));
        return out.toString(StandardCharsets.UTF_8);
    }

    /** wasi-libc reserves the numbers of its sockets in preview 1, so every POSIX program with sockets needs it. */
    @ParameterizedTest
    @MethodSource("few")
    void theCLibraryReservesDescriptors(GuestRun run) throws Exception {
        GuestRun.Outcome outcome = run.run("conformance/descriptors", Network.unrestricted(), GuestRun.patient());
        assertEquals("Adapter ok\n", outcome.output());
    }

    @ParameterizedTest
    @MethodSource("all")
    void twoGuestsTalkToEachOther(GuestRun run) throws Exception {
        String port = "port=" + FreePort.find();
        FutureTask<GuestRun.Outcome> echo = new FutureTask<>(run.prepare(
                "programs/echo", Network.unrestricted(), GuestRun.patient(), new ByteArrayOutputStream(), port));
        new Thread(echo, "echo").start();
        GuestRun.Outcome talk = run.run("programs/talk", Network.unrestricted(), GuestRun.patient(), port, "count=100");
        assertEquals("100 came back\n", talk.output());
        assertEquals(0, echo.get(1, TimeUnit.MINUTES).status());
    }

    @ParameterizedTest
    @MethodSource("all")
    void aDnsServerAnswers(GuestRun run) throws Exception {
        try (DnsServer server = DnsServer.start("sluice.test", "192.0.2.7")) {
            String port = "port=" + server.port();
            GuestRun.Outcome known =
                    run.run("programs/dns", Network.unrestricted(), GuestRun.patient(), port, "name=sluice.test");
            assertEquals("sluice.test A 192.0.2.7\n", known.output());
            assertEquals(0, known.status());
            GuestRun.Outcome unknown =
                    run.run("programs/dns", Network.unrestricted(), GuestRun.patient(), port, "name=sluice.invalid");
            assertEquals("sluice.invalid has no address\n", unknown.output());
            assertEquals(1, unknown.status());
        }
    }

    private static GuestRun.Outcome run(String guest, GuestRun run, DatagramSocket to, String argument)
            throws Exception {
        GuestRun.Outcome outcome =
                run.run(guest, Network.unrestricted(), GuestRun.patient(), "port=" + to.getLocalPort(), argument);
        assertNull(outcome.trap(), outcome.output());
        assertEquals(0, outcome.status());
        return outcome;
    }

    private static DatagramSocket listen(IpAddressFamily family) throws Exception {
        String loopback = family == IpAddressFamily.IPV4 ? "127.0.0.1" : "::1";
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(loopback), 0));
        socket.setSoTimeout((int) TimeUnit.MINUTES.toMillis(1));
        return socket;
    }

    private static List<String> read(DatagramSocket socket, int count) throws Exception {
        List<String> texts = new ArrayList<>();
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        while (texts.size() < count) {
            socket.receive(packet);
            texts.add(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
        }
        return texts;
    }
}
