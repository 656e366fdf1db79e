// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Flight Recorder is told, read back. */
class FlightRecorderTest {
    private static final int PORT = 7011;
    private static final String PREFIX = "dev.sluice.udp.";

    @TempDir
    private Path folder;

    /** One socket's events, in order. */
    private List<RecordedEvent> record(Scene scene) throws Exception {
        Path file = folder.resolve("events.jfr");
        try (Recording recording = new Recording()) {
            recording.enable(PREFIX + "Trip").withoutThreshold();
            recording.start();
            scene.play();
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith(PREFIX))
                .sorted((one, other) -> one.getEndTime().compareTo(other.getEndTime()))
                .toList();
        Set<Long> sockets =
                events.stream().map(event -> event.getLong("socket")).collect(Collectors.toSet());
        assertEquals(1, sockets.size(), () -> "all are of one socket: " + events);
        return events;
    }

    @FunctionalInterface
    private interface Scene {
        void play() throws Exception;
    }

    private static List<String> names(List<RecordedEvent> events) {
        return events.stream()
                .map(event -> event.getEventType().getName().substring(PREFIX.length()))
                .toList();
    }

    private static RecordedEvent only(List<RecordedEvent> events, String name) {
        List<RecordedEvent> found = all(events, name);
        assertEquals(1, found.size(), () -> names(events).toString());
        return found.get(0);
    }

    private static List<RecordedEvent> all(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(PREFIX + name))
                .toList();
    }

    @EverySetting
    void K1_aFullBufferIsAGateThatClosesAndOpens(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family)) {
            lab.peer.open(PORT);
            InetSocketAddress peer = lab.peer(PORT);
            long[] sent = new long[1];
            String[] local = new String[1];
            List<RecordedEvent> events = record(() -> {
                try (Sender sender = new Sender(provider, family, peer)) {
                    local[0] = sender.socket.localAddress().toString();
                    SlowLink.SLOW.begin();
                    sender.sendAll(Payloads.list(600, 1000, 1, null));
                    assertTrue(sender.closedGates > 0, "the buffer was full at least once");
                    sent[0] = sender.socket.statistics().datagramsSent();
                }
            });
            List<String> names = names(events);
            assertEquals("SocketOpened", names.get(0));
            assertEquals("SocketClosed", names.get(names.size() - 1));
            assertEquals(
                    provider, only(events, "SocketOpened").getString("provider"), "of the provider that was asked for");
            List<String> gate =
                    names.stream().filter(name -> name.startsWith("Gate")).toList();
            assertTrue(gate.size() >= 2, gate::toString);
            for (int i = 0; i < gate.size(); i++) {
                assertEquals(i % 2 == 0 ? "GateClosed" : "GateOpened", gate.get(i), gate::toString);
            }
            assertEquals(sent[0], only(events, "SocketClosed").getLong("datagramsSent"));
            assertEquals(600, sent[0]);
            List<RecordedEvent> trips = all(events, "Trip");
            assertEquals(
                    600,
                    trips.stream().mapToLong(trip -> trip.getInt("datagrams")).sum());
            assertEquals(
                    600_000,
                    trips.stream().mapToLong(trip -> trip.getLong("bytes")).sum());
            assertTrue(
                    trips.stream().allMatch(trip -> trip.getString("direction").equals("send")));
            String port = local[0].substring(local[0].lastIndexOf(':'));
            assertTrue(trips.get(0).getString("local").endsWith(port), "where the socket is bound");
            assertTrue(trips.get(0).getString("peer").endsWith(":" + PORT), "the stream's peer");
        }
    }

    @EverySetting
    void K1_errorsByCodeAndWhatArrives(String provider, Family family) throws Exception {
        Lab.requireRights();
        List<RecordedEvent> events = record(() -> {
            try (Sender sender = new Sender(provider, family, null)) {
                InetSocketAddress self =
                        family.loopback(sender.socket.localAddress().getPort());
                OutgoingDatagram valid = new OutgoingDatagram(ByteBuffer.allocate(10), self);
                OutgoingDatagram invalid = new OutgoingDatagram(ByteBuffer.allocate(10), family.loopback(0));
                sender.sendFails(List.of(invalid));
                assertThrows(SocketErrorException.class, () -> sender.socket.bind(family.any()));
                sender.send(List.of(valid));
                sender.streams.incoming().subscribe().block();
                assertEquals(1, sender.streams.incoming().receive(1).size());
            }
        });
        List<String> errors = all(events, "SocketError").stream()
                .map(error -> error.getString("operation") + " " + error.getString("code") + " "
                        + error.getBoolean("earlier"))
                .toList();
        assertEquals(List.of("send INVALID_ARGUMENT false", "bind INVALID_STATE false"), errors);
        RecordedEvent last = all(events, "Trip").stream()
                .filter(trip -> trip.getString("direction").equals("receive") && trip.getInt("datagrams") > 0)
                .findFirst()
                .orElseThrow();
        assertEquals(10, last.getLong("bytes"));
        assertEquals(1, only(events, "SocketClosed").getLong("datagramsReceived"));
    }

    /** A device that has become narrower refuses the super-packet, and passes its datagrams in fragments. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("dev.sluice.netlab.Settings#offloading")
    void K1_anOffloadThatIsRefused(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family)) {
            lab.peer.open(PORT);
            Lab.ip("link set here mtu 1280");
            List<RecordedEvent> events = record(() -> {
                try (Sender sender = new Sender(provider, family, null)) {
                    sender.sendAll(Payloads.list(10, 1400, 1, lab.peer(PORT)));
                }
            });
            RecordedEvent refused = only(events, "OffloadSwitchedOff");
            assertEquals(1399, refused.getInt("largestSegment"));
            assertTrue(refused.getInt("errno") > 0);
            assertEquals(10, lab.peer.await(PORT, 10).datagrams());
        }
    }
}
