// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;

/**
 * The base of every topic of the kit: it runs for each family that the topic names, opens sockets of the provider under
 * test and their peers, and closes them after each test. Waits are bounded by a generous time that no rule depends on.
 */
@ExtendWith(Conformance.class)
@ParameterizedClass(name = "{0}")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
public abstract class RuleTest {
    /** The lower end of ip_local_port_range on Linux; other systems begin higher. */
    private static final int FIRST_EPHEMERAL_PORT = 32_768;

    @Parameter
    IpAddressFamily family;

    /** Set by {@link Conformance} before each test. */
    ProviderUnderTest underTest;

    /** Set by {@link Conformance} before each test; shared by the tests of a class. */
    UdpSocketProvider provider;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** For subclasses. */
    protected RuleTest() {}

    /** Skips the tests of IPv6 on a machine without it, except in CI. */
    @BeforeEach
    final void requireTheFamily() {
        if (family == IpAddressFamily.IPV6 && !"true".equals(System.getenv("CI"))) {
            try {
                underTest.openPeer(loopback(0)).close();
            } catch (UncheckedIOException e) {
                assumeTrue(false, "this machine has no IPv6");
            }
        }
    }

    @AfterEach
    final void closeEverything() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    static void closeProvider(UdpSocketProvider provider) {
        if (provider instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new AssertionError("closing " + provider.name(), e);
            }
        }
    }

    final <T extends AutoCloseable> T closing(T closeable) {
        opened.push(closeable);
        return closeable;
    }

    /** How long a wait may take. */
    final Duration patience() {
        return underTest.patience();
    }

    final boolean can(ProviderCapability capability) {
        return provider.capabilities().contains(capability);
    }

    final UdpSocket socket() throws SocketErrorException {
        return closing(provider.createSocket(family));
    }

    /** A socket bound to a free port of the loopback address. */
    final UdpSocket bound() throws SocketErrorException {
        UdpSocket socket = socket();
        socket.bind(loopback(0));
        return socket;
    }

    /** The streams, without a peer, of a new socket. */
    final DatagramStreams streams() throws SocketErrorException {
        return bound().stream(null);
    }

    /** The streams of a new socket with that peer. */
    final DatagramStreams streamsTo(InetSocketAddress remote) throws SocketErrorException {
        return bound().stream(remote);
    }

    final Peer peer() {
        return peerAt(loopback(0));
    }

    final Peer peerAt(InetSocketAddress local) {
        return closing(underTest.openPeer(local));
    }

    final InetSocketAddress loopback(int port) {
        return new InetSocketAddress(Hosts.loopback(family), port);
    }

    /** An address of the loopback interface that nothing is bound to, outside the ports that binding to port 0 picks. */
    final InetSocketAddress closedPort() {
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(15_000, FIRST_EPHEMERAL_PORT);
            try (Peer gone = underTest.openPeer(loopback(port))) {
                return gone.address();
            } catch (UncheckedIOException taken) { // by another process
            }
        }
        throw new AssertionError("no port is free");
    }

    static OutgoingDatagram datagram(String text, InetSocketAddress remote) {
        return new OutgoingDatagram(bytes(text), remote);
    }

    static OutgoingDatagram toPeer(String text) {
        return new OutgoingDatagram(bytes(text));
    }

    static DatagramBatch batchToPeer(String... texts) {
        DatagramBatch batch = new DatagramBatch(1024, 200_000);
        for (String text : texts) {
            assertTrue(batch.add(null, bytes(text)));
        }
        return batch;
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Takes a permit, waiting for the gate where it has to, and sends. */
    final int send(OutgoingDatagramStream out, List<OutgoingDatagram> datagrams) throws SocketErrorException {
        int permitted = out.checkSend();
        while (permitted == 0) {
            awaitUninterrupted(out.subscribe());
            permitted = out.checkSend();
        }
        assertTrue(permitted >= datagrams.size(), "not enough datagrams were permitted");
        return out.send(datagrams);
    }

    final int send(OutgoingDatagramStream out, OutgoingDatagram... datagrams) throws SocketErrorException {
        return send(out, List.of(datagrams));
    }

    private void awaitUninterrupted(Pollable pollable) {
        try {
            await(pollable);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting", e);
        }
    }

    /** Sends all, waiting for the gate where it has to. */
    final void sendAll(OutgoingDatagramStream out, List<OutgoingDatagram> datagrams) throws Exception {
        List<OutgoingDatagram> rest = datagrams;
        while (!rest.isEmpty()) {
            int permitted = out.checkSend();
            if (permitted == 0) {
                await(out.subscribe());
                continue;
            }
            rest = rest.subList(out.send(rest.subList(0, Math.min(permitted, rest.size()))), rest.size());
        }
    }

    final void await(Pollable pollable) throws InterruptedException {
        assertTrue(pollable.block(patience()), () -> "not ready after " + patience());
    }

    /** Waits until so many have been received. */
    final List<IncomingDatagram> receive(IncomingDatagramStream in, int count) throws Exception {
        List<IncomingDatagram> all = new ArrayList<>();
        while (all.size() < count) {
            await(in.subscribe());
            all.addAll(in.receive(count - all.size()));
        }
        return all;
    }

    static List<String> texts(List<IncomingDatagram> datagrams) {
        return datagrams.stream()
                .map(datagram ->
                        StandardCharsets.ISO_8859_1.decode(datagram.data().duplicate()))
                .map(CharSequence::toString)
                .toList();
    }

    /** Asserts that a call answers an error of this code. */
    static SocketErrorException assertCode(ErrorCode expected, Executable call) {
        SocketErrorException error = assertThrows(SocketErrorException.class, call);
        assertEquals(expected, error.errorCode(), error::toString);
        return error;
    }

    /** Asserts that a datagram is refused with a code wherever it stands in a list or batch, and that the stream works afterwards. */
    final void assertRefused(ErrorCode code, DatagramStreams streams, Peer peer, OutgoingDatagram bad)
            throws Exception {
        OutgoingDatagramStream out = streams.outgoing();
        OutgoingDatagram good = datagram("good", peer.address());
        SocketErrorException error = assertCode(code, () -> send(out, bad, good));
        assertTrue(error.getStackTrace().length <= 1, "errors of send are cheap: they carry no stack trace");
        assertEquals(1, send(out, good, bad));
        assertCode(code, () -> send(out, bad));

        DatagramBatch batch = new DatagramBatch(3, 150_000);
        assertTrue(batch.add(bad.remoteAddress(), bad.data(), bad.path()) && batch.add(peer.address(), good.data()));
        assertTrue(batch.add(bad.remoteAddress(), bad.data(), bad.path()));
        out.checkSend();
        assertCode(code, () -> out.send(batch, 0, 3));
        out.checkSend();
        assertEquals(1, out.send(batch, 1, 3));
        assertEquals(List.of("good", "good"), peer.texts());
    }

    final void assertInvalid(InetSocketAddress remote) throws Exception {
        OutgoingDatagram bad = datagram("bad", remote);
        Peer peer = peer();
        assertRefused(ErrorCode.INVALID_ARGUMENT, streams(), peer, bad);
        assertRefused(ErrorCode.INVALID_ARGUMENT, streamsTo(peer.address()), peer, bad);
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> streamsTo(remote)); // and it is refused as a peer (U3)
    }

    /** Waits until the error that an earlier datagram caused is pending, without consuming it. */
    final void awaitPendingError(IncomingDatagramStream in) throws InterruptedException {
        await(in.subscribe());
    }
}
