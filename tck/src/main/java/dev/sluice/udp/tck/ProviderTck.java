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
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** The provider itself (V1 to V5), on the class path and without OSGi. */
@EnumSource(IpAddressFamily.class)
public abstract class ProviderTck extends RuleTest {

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
        assertSame(provider.getClass(), chosen.getClass());
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
    final void V4_V5_worksHereAndSaysWhatItIs() throws Exception {
        assertEquals(Optional.empty(), provider.unavailability());
        assertTrue(provider.name().matches("[a-z][a-z0-9-]*"), provider.name());
        assertThrows(UnsupportedOperationException.class, () -> provider.capabilities()
                .clear());
        assertThrows(NullPointerException.class, () -> provider.createSocket(null));
        assertEquals(family, socket().addressFamily());
    }
}
