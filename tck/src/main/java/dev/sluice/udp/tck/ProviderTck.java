// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.ProviderNotFoundException;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** The provider itself (V1 to V6), on the class path and without OSGi. */
@EnumSource(IpAddressFamily.class)
public abstract class ProviderTck extends RuleTest {

    private static final int ROUNDS_OF_ENDS = 50;

    /** Far more than are made before the end of a provider is noticed. */
    private static final int MOST_SOCKETS = 1_000_000;

    /** For subclasses. */
    protected ProviderTck() {}

    @Test
    final void V1_isFoundByServiceLoader() {
        assertTrue(ServiceLoader.load(UdpSocketProvider.class).stream()
                .anyMatch(found -> found.type() == provider.getClass()));
    }

    @Test
    final void V2_canBeChosenByName() {
        UdpSocketProvider chosen = UdpSockets.provider(provider.name());
        assertEquals(provider.name(), chosen.name());
        assertEquals(provider.priority(), chosen.priority());
        assertSame(chosen, UdpSockets.provider(provider.name()));
        assertTrue(UdpSockets.providers().contains(chosen));
        assertEquals(Optional.empty(), chosen.unavailability());
    }

    @Test
    final void V2_theBestOneLeadsTheList() {
        int best = UdpSockets.providers().get(0).priority();
        assertTrue(UdpSockets.providers().stream().allMatch(other -> other.priority() <= best));
    }

    @Test
    final void V2_aMissingNameIsExplained() {
        ProviderNotFoundException error =
                assertThrows(ProviderNotFoundException.class, () -> UdpSockets.provider("no-such-provider"));
        assertTrue(error.getMessage().contains("no-such-provider"), error::getMessage);
        assertTrue(error.getMessage().contains(provider.name()), error::getMessage);
    }

    @Test
    final void V3_stoppingClosesItsSocketsAndWakesWaiters() throws Exception {
        UdpSocketProvider stopping = underTest.newProvider();
        UdpSocket socket = closing(stopping.createSocket(family));
        socket.bind(loopback(0));
        InetSocketAddress local = socket.localAddress();
        DatagramStreams streams = socket.stream(null);
        CountDownLatch woken = new CountDownLatch(1);
        streams.incoming().subscribe().onReady(woken::countDown);
        closeProvider(stopping);
        closeProvider(stopping);
        assertTrue(woken.await(patience().toSeconds(), TimeUnit.SECONDS));
        assertCode(ErrorCode.INVALID_STATE, () -> streams.outgoing().checkSend());
        assertCode(ErrorCode.INVALID_STATE, () -> streams.incoming().receive(1));
        assertCode(ErrorCode.INVALID_STATE, () -> socket.stream(null));
        peerAt(local); // the port is free
        assertTrue(stopping.unavailability().isPresent());
        assertCode(ErrorCode.INVALID_STATE, () -> stopping.createSocket(family));
        socket.close();
    }

    @Test
    final void V3_stoppingEndsItsThreads() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        UdpSocketProvider stopping = underTest.newProvider();
        UdpSocket socket = closing(stopping.createSocket(family));
        socket.bind(loopback(0));
        DatagramStreams streams = socket.stream(null);
        CountDownLatch called = new CountDownLatch(1);
        streams.incoming().subscribe().onReady(called::countDown);
        peer().send(socket.localAddress(), "starts the waiting thread");
        assertTrue(called.await(patience().toSeconds(), TimeUnit.SECONDS));
        closeEverything(); // the peer has a thread too
        Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
        started.removeAll(before);
        closeProvider(stopping);
        for (Thread thread : started) {
            thread.join(patience().toMillis());
            assertFalse(thread.isAlive(), () -> thread + " is still alive");
        }
    }

    @Test
    final void V3_oneStoppedInstanceLeavesTheOthersAlone() throws Exception {
        UdpSocket other = bound();
        closeProvider(underTest.newProvider());
        UdpSocketProvider stopped = underTest.newProvider();
        closing(stopped.createSocket(family)).bind(loopback(0));
        closeProvider(stopped);
        assertTrue(other.stream(peer().address()).outgoing().checkSend() > 0);
    }

    /** Everything once: sockets, streams, waiting in both directions, options. */
    @Test
    final void V2a_whatIsAvailableWorks() throws Exception {
        UdpSocketProvider fresh = underTest.newProvider();
        assertEquals(Optional.empty(), fresh.unavailability());
        try (UdpSocket socket = fresh.createSocket(family)) {
            socket.setReceiveBufferSize(socket.receiveBufferSize());
            socket.setSendBufferSize(socket.sendBufferSize());
            socket.bind(loopback(0));
            DatagramStreams streams = socket.stream(socket.localAddress());
            await(streams.outgoing().subscribe());
            assertEquals(2, send(streams.outgoing(), toPeer("one"), toPeer("two")));
            assertEquals(List.of("one", "two"), texts(receive(streams.incoming(), 2)));
        } finally {
            closeProvider(fresh);
        }
    }

    @Test
    final void V3_theEndMayComeWhileSocketsAreMade() throws Exception {
        for (int round = 0; round < ROUNDS_OF_ENDS; round++) {
            UdpSocketProvider ending = underTest.newProvider();
            CountDownLatch creating = new CountDownLatch(1);
            CompletableFuture<ErrorCode> answer = new CompletableFuture<>();
            Thread creator = new Thread(() -> answer.complete(createUntilRefused(ending, creating)));
            creator.setUncaughtExceptionHandler((thread, thrown) -> answer.completeExceptionally(thrown));
            creator.start();
            assertTrue(creating.await(patience().toSeconds(), TimeUnit.SECONDS));
            closeProvider(ending);
            assertEquals(ErrorCode.INVALID_STATE, answer.get(patience().toSeconds(), TimeUnit.SECONDS));
        }
    }

    private ErrorCode createUntilRefused(UdpSocketProvider ending, CountDownLatch creating) {
        try {
            for (int i = 0; i < MOST_SOCKETS; i++) {
                creating.countDown();
                ending.createSocket(family).close();
            }
            return null;
        } catch (SocketErrorException e) {
            return e.errorCode();
        }
    }

    /** The port is taken until a collection finds that nothing holds the socket. */
    @Test
    final void U7_aDroppedSocketIsClosed() throws Exception {
        InetSocketAddress local = addressOfDropped();
        UdpSocket next = socket();
        long deadline = System.nanoTime() + patience().toNanos();
        while (!binds(next, local)) {
            assertTrue(System.nanoTime() < deadline, "its port is still taken");
            System.gc();
        }
    }

    private InetSocketAddress addressOfDropped() throws Exception {
        UdpSocket socket = provider.createSocket(family);
        socket.bind(loopback(0));
        DatagramStreams streams = socket.stream(null);
        CountDownLatch called = new CountDownLatch(1);
        streams.incoming().subscribe().onReady(called::countDown);
        peer().send(socket.localAddress(), "for nothing");
        assertTrue(called.await(patience().toSeconds(), TimeUnit.SECONDS));
        assertTrue(streams.outgoing().checkSend() > 0);
        return socket.localAddress();
    }

    private static boolean binds(UdpSocket socket, InetSocketAddress local) throws SocketErrorException {
        try {
            socket.bind(local);
            return true;
        } catch (SocketErrorException e) {
            if (e.errorCode() != ErrorCode.ADDRESS_IN_USE) {
                throw e;
            }
            return false;
        }
    }

    @Test
    final void V6_whatDiscoveryHandsOutCanNotBeClosed() {
        assertFalse(UdpSockets.provider(provider.name()) instanceof AutoCloseable);
    }

    @Test
    final void V4_V5_worksHereAndSaysWhatItIs() throws Exception {
        assertEquals(Optional.empty(), provider.unavailability());
        assertTrue(provider.name().matches("[a-z][a-z0-9-]*"), provider.name());
        assertThrows(UnsupportedOperationException.class, () -> provider.capabilities()
                .clear());
        assertThrows(NullPointerException.class, () -> provider.createSocket(null));
        assertEquals(family, socket().addressFamily());
    }
}
