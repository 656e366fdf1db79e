// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.Poller;
import dev.sluice.udp.UdpSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** Waiting for many sockets by a {@link Poller} (J4), with the pollables of the provider. */
@EnumSource(IpAddressFamily.class)
public abstract class PollerTck extends RuleTest {
    private static final int SOCKETS = 50;

    /** For subclasses. */
    protected PollerTck() {}

    /** A socket that something can be sent to. */
    private record Session(UdpSocket socket, DatagramStreams streams) {
        Pollable readable() {
            return streams.incoming().subscribe();
        }

        int receive() throws Exception {
            return streams.incoming().receive(10).size();
        }
    }

    private Session session() throws Exception {
        UdpSocket socket = bound();
        return new Session(socket, socket.stream());
    }

    private List<Session> ready(Poller<Session> poller) throws InterruptedException {
        return poller.await(patience()).stream().map(Poller.Entry::attachment).toList();
    }

    @Test
    final void J4_tellsWhatIsReadyWithWhatIsAttached() throws Exception {
        Peer peer = peer();
        try (Poller<Session> poller = new Poller<>()) {
            Session quiet = session();
            Session busy = session();
            poller.add(quiet.readable(), quiet);
            Poller.Entry<Session> entry = poller.add(busy.readable(), busy);
            assertEquals(List.of(), poller.await(Duration.ZERO));
            assertEquals(List.of(), poller.await(Duration.ofMillis(5)));
            peer.send(busy.socket().localAddress(), "x");
            List<Poller.Entry<Session>> told = poller.await(patience());
            assertEquals(List.of(entry), told);
            assertSame(busy.readable(), told.get(0).pollable());
        }
    }

    @Test
    final void J4_whatStaysReadyIsToldAgain() throws Exception {
        Peer peer = peer();
        try (Poller<Session> poller = new Poller<>()) {
            Session session = session();
            poller.add(session.readable(), session);
            peer.send(session.socket().localAddress(), "x");
            assertEquals(List.of(session), ready(poller));
            assertEquals(List.of(session), ready(poller));
            assertEquals(1, session.receive());
            assertEquals(List.of(), poller.await(Duration.ofMillis(5)), "it has been received");
            peer.send(session.socket().localAddress(), "y");
            assertEquals(List.of(session), ready(poller));
        }
    }

    @Test
    final void J4_everySocketThatGetsSomethingIsTold() throws Exception {
        Peer peer = peer();
        try (Poller<Integer> poller = new Poller<>()) {
            List<Session> sessions = new ArrayList<>();
            for (int i = 0; i < SOCKETS; i++) {
                sessions.add(session());
                poller.add(sessions.get(i).readable(), i);
            }
            Set<Integer> expected = new TreeSet<>();
            for (int i = 0; i < SOCKETS; i += 3) {
                peer.send(sessions.get(i).socket().localAddress(), "x");
                expected.add(i);
            }
            Set<Integer> told = new TreeSet<>();
            while (told.size() < expected.size()) {
                List<Poller.Entry<Integer>> ready = poller.await(patience());
                assertFalse(ready.isEmpty(), () -> "told were only " + told);
                for (Poller.Entry<Integer> entry : ready) {
                    assertEquals(1, sessions.get(entry.attachment()).receive());
                    assertTrue(told.add(entry.attachment()));
                }
            }
            assertEquals(expected, told);
            assertEquals(List.of(), poller.await(Duration.ofMillis(5)));
        }
    }

    @Test
    final void J4_U7_aClosedSocketIsToldOnceAndLeaves() throws Exception {
        try (Poller<String> poller = new Poller<>()) {
            UdpSocket closed = bound();
            DatagramStreams streams = closed.stream();
            UdpSocket superseding = bound();
            DatagramStreams superseded = superseding.stream();
            poller.add(streams.incoming().subscribe(), "closed");
            poller.add(superseded.outgoing().subscribe(), "open gate");
            assertFalse(streams.incoming().subscribe().hasEnded());
            closed.close();
            superseding.stream();
            assertTrue(streams.incoming().subscribe().hasEnded()
                    && streams.outgoing().subscribe().hasEnded());
            Set<String> told = new TreeSet<>();
            while (poller.size() > 0) {
                poller.await(patience()).forEach(entry -> told.add(entry.attachment()));
            }
            assertEquals(Set.of("closed", "open gate"), told);
            assertEquals(List.of(), poller.await(Duration.ofMillis(5)));
        }
    }

    @Test
    final void J4_othersAddWhileAThreadWaits() throws Exception {
        Peer peer = peer();
        try (Poller<Session> poller = new Poller<>()) {
            Session session = session();
            peer.send(session.socket().localAddress(), "x");
            await(session.readable());
            BlockedThread waiting = BlockedThread.in(() -> assertEquals(List.of(session), ready(poller)));
            poller.add(session.readable(), session);
            waiting.assertReturns(patience());
        }
    }
}
