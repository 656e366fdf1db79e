// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.endive.GuestTrapException.Reason;
import dev.sluice.udp.Network;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs for WASI 0.3, whose run is lifted in each of the three ways. */
class AsyncGuestTest {
    static Stream<GuestRun> all() {
        return GuestRun.all();
    }

    private static String output(String guest, GuestRun run, String... arguments) throws Exception {
        GuestRun.Outcome outcome = run.run(guest, Network.unrestricted(), GuestRun.patient(), arguments);
        assertNull(outcome.trap(), outcome::output);
        assertEquals(0, outcome.status(), outcome::output);
        return outcome.output();
    }

    @ParameterizedTest
    @MethodSource("all")
    void W5_aTaskReturnsToTheHostToWait(GuestRun run) throws Exception {
        assertEquals("1000 came back\n", output("programs/callback", run, "count=1000"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void W5_aTaskBlocksItsThread(GuestRun run) throws Exception {
        assertEquals("blocking", output("programs/blocking", run));
    }

    @ParameterizedTest
    @MethodSource("all")
    void W5_aTaskGoesOnAfterItsResult(GuestRun run) throws Exception {
        assertEquals("stackful", output("programs/stackful", run));
    }

    @ParameterizedTest
    @MethodSource("few")
    void W5_aComponentRunsAsItsModuleDoes(GuestRun run) throws Exception {
        assertEquals("10 came back\n", output("components/callback", run, "count=10"));
    }

    /** A server that gives each question back, and says what it is. */
    private static final class Server implements AutoCloseable {
        private final DatagramSocket socket;

        Server() throws IOException {
            socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
            Thread thread = new Thread(this::answer, "server");
            thread.setDaemon(true);
            thread.start();
        }

        private void answer() {
            try {
                while (true) {
                    DatagramPacket packet = new DatagramPacket(new byte[1000], 1000);
                    socket.receive(packet);
                    byte[] answer =
                            ("about " + new String(packet.getData(), 0, packet.getLength(), UTF_8)).getBytes(UTF_8);
                    packet.setData(answer);
                    socket.send(packet);
                }
            } catch (IOException e) {
                // closed
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ask", "ask-blocking"})
    void W5_aLibrarysAsynchronousFunctionIsCalledAgainAndAgain(String name) throws Exception {
        WasiHost host = WasiHost.builder(UdpSockets.provider("nio"))
                .network(Network.unrestricted())
                .build();
        WasiLibrary library = WasiLibrary.load(GuestRun.file("plugins/asking"), GuestRun.patient());
        try (Server server = new Server();
                WasiInstance instance = library.instantiate(host)) {
            WasiFunction ask = instance.function(
                    "example:plugins/asking#" + name, "async func(port: u16, question: list<u8>) -> list<u8>");
            for (String question : List.of("one", "another")) {
                Object answer = ask.call(server.socket.getLocalPort(), question.getBytes(UTF_8));
                assertEquals("about " + question, new String((byte[]) answer, UTF_8));
            }
        }
    }

    /** The type that the host says decides: one that is not asynchronous may not wait. */
    @Test
    void W5_aFunctionThatIsNotAsynchronousMayNotWait() throws Exception {
        WasiHost host = WasiHost.builder(UdpSockets.provider("nio"))
                .network(Network.unrestricted())
                .build();
        WasiLibrary library = WasiLibrary.load(GuestRun.file("plugins/asking"), GuestRun.patient());
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                WasiInstance instance = library.instantiate(host)) {
            WasiFunction ask = instance.function(
                    "example:plugins/asking#ask-blocking", "func(port: u16, question: list<u8>) -> list<u8>");
            GuestTrapException trap =
                    assertThrows(GuestTrapException.class, () -> ask.call(silent.getLocalPort(), new byte[0]));
            assertTrue(trap.getMessage().contains("not asynchronous"), trap.getMessage());
        }
    }

    static Stream<GuestRun> few() {
        return GuestRun.few();
    }

    /** Nothing is ever sent to it. */
    @ParameterizedTest
    @MethodSource("few")
    void W5_aTaskThatWaitsEndsAtItsTime(GuestRun run) throws Exception {
        GuestRun.Outcome outcome = run.run(
                "programs/callback",
                new QuickStartTest.LoopbackOnly(),
                Limits.standard().withTime(Duration.ofMillis(500)),
                "count=1000000000");
        assertNotNull(outcome.trap(), outcome::output);
        assertEquals(Reason.TIME, outcome.trap().reason(), outcome.trap().getMessage());
    }
}
