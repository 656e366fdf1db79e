// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import dev.sluice.udp.spi.TransportOption;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A transport that can't forget its peer is replaced by a fresh one (U3, U4). */
class PeerChangeTest {
    private static final InetSocketAddress PEER = Scripted.PEER;
    private static final InetSocketAddress OTHER = Scripted.OTHER;
    private static final InetSocketAddress LOCAL = new InetSocketAddress("127.0.0.1", 40_000);

    private final ScriptedTransport first = new ScriptedTransport().rememberingPeers();
    private final ScriptedTransport second = new ScriptedTransport().rememberingPeers();
    private final Queue<ScriptedTransport> transports = new ArrayDeque<>(List.of(first, second));
    private boolean noDescriptor;
    private final ScriptedProvider provider = new ScriptedProvider(() -> {
        if (noDescriptor) {
            throw SocketErrors.of(Operation.CREATE, Errno.EMFILE, null);
        }
        return transports.remove();
    });

    @AfterEach
    void close() {
        provider.close();
    }

    private UdpSocket bound() throws SocketErrorException {
        UdpSocket socket = provider.createSocket(IpAddressFamily.IPV4);
        socket.bind(LOCAL);
        return socket;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<String> received(DatagramStreams streams) throws SocketErrorException {
        List<String> texts = new ArrayList<>();
        for (IncomingDatagram datagram : streams.incoming().receive(1000)) {
            texts.add(StandardCharsets.ISO_8859_1.decode(datagram.data()).toString());
        }
        return texts;
    }

    private static ScriptedTransport.Step failing(Errno errno) {
        return () -> {
            throw SocketErrors.of(Operation.CONNECT, errno, null);
        };
    }

    @Test
    void U3_whatHadNoPeerIsNotReplaced() throws Exception {
        UdpSocket socket = bound();
        socket.stream(null);
        socket.stream(null);
        assertEquals(List.of("bind"), first.calls());
    }

    @Test
    void U3_anotherPeerNeedsNoOtherTransport() throws Exception {
        UdpSocket socket = bound();
        socket.stream(PEER);
        socket.stream(OTHER);
        assertEquals(List.of("bind", "connect", "connect"), first.calls());
    }

    /** The kernel refuses an index that no interface has any more. */
    @Test
    void O1_U3_anInterfaceThatHasGoneDoesNotKeepThePeer() throws Exception {
        UdpSocket socket = bound();
        socket.setOption(
                StandardSocketOptions.IP_MULTICAST_IF,
                NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
        socket.stream(PEER);
        second.refuse(TransportOption.MULTICAST_INTERFACE);
        socket.stream(null);
        assertEquals(List.of("set", "bind"), second.calls());
    }

    @Test
    void U4_whatIsQueuedIsKeptWhenTheTransportIsReplaced() throws Exception {
        UdpSocket socket = bound();
        socket.setSendBufferSize(1234);
        DatagramStreams former = socket.stream(PEER);
        for (int i = 0; i < 300; i++) { // more than fit into one batch
            first.arrive(text("old " + i), i % 2 == 0 ? PEER : OTHER);
        }
        first.arrive(SocketErrors.of(Operation.RECEIVE, Errno.ECONNREFUSED, null));
        first.arrive(text("behind an error"), PEER);

        DatagramStreams streams = socket.stream(null);
        second.arrive(text("new"), OTHER);
        assertEquals("close", first.calls().get(first.calls().size() - 1));
        assertEquals(List.of("set", "bind"), second.calls());
        assertEquals(1234, socket.sendBufferSize());
        assertTrue(streams.incoming().subscribe().ready());
        assertTrue(former.incoming().subscribe().ready(), "U3: superseded");

        List<String> texts = new ArrayList<>();
        while (!texts.contains("new")) {
            texts.addAll(received(streams));
        }
        assertEquals(302, texts.size());
        assertEquals("old 0", texts.get(0));
        assertEquals(List.of("old 299", "behind an error", "new"), texts.subList(299, 302));
        assertFalse(streams.incoming().subscribe().ready());
    }

    @Test
    void U4_ofWhatWasKeptTheNextPeerGetsItsOwn() throws Exception {
        UdpSocket socket = bound();
        socket.stream(PEER);
        first.arrive(text("peer's"), PEER).arrive(text("other's"), OTHER);
        socket.stream(null);
        assertEquals(List.of("other's"), received(socket.stream(OTHER)));
    }

    @Test
    void U3_afterAPeerThatWasRefusedTheTransportIsFresh() throws Exception {
        first.onConnect(failing(Errno.ENETUNREACH));
        UdpSocket socket = bound();
        first.arrive(text("before"), OTHER);
        Scripted.assertCode(ErrorCode.REMOTE_UNREACHABLE, () -> socket.stream(PEER));
        assertTrue(first.calls().contains("close"));
        assertEquals(LOCAL, socket.localAddress());
        assertEquals(List.of("before"), received(socket.stream(null)));
        assertEquals(List.of("bind", "receive"), second.calls(), "and stays");
    }

    @Test
    void U3_whereNoneCanBeOpenedItIsTriedAgain() throws Exception {
        UdpSocket socket = bound();
        socket.stream(PEER);
        noDescriptor = true;
        Scripted.assertCode(ErrorCode.NEW_SOCKET_LIMIT, () -> socket.stream(null));
        assertFalse(first.calls().contains("close"), "it is still bound to its port");
        assertEquals(LOCAL, socket.localAddress());
        socket.stream(PEER);
        noDescriptor = false;
        socket.stream(null);
        assertTrue(first.calls().contains("close"));
    }

    @Test
    void U2_whatFailedToBindToALinkIsReplaced() throws Exception {
        first.onBind(failing(Errno.ENETDOWN));
        UdpSocket socket = provider.createSocket(IpAddressFamily.IPV6);
        InetSocketAddress onLink = new InetSocketAddress(
                Inet6Address.getByAddress(
                        null, new InetSocketAddress("fe80::1", 0).getAddress().getAddress(), 3),
                9);
        Scripted.assertCode(ErrorCode.REMOTE_UNREACHABLE, () -> socket.bind(onLink));
        assertEquals(List.of("bind", "close"), first.calls());
        socket.bind(new InetSocketAddress("::1", 9));
        assertEquals(List.of("bind"), second.calls());
    }

    @Test
    void U3_aMoveThatFailsLeavesNothingOpen() throws Exception {
        UdpSocket socket = bound();
        socket.stream(PEER);
        first.onMove(failing(Errno.EADDRINUSE)).arrive(text("kept"), PEER);
        Scripted.assertCode(ErrorCode.ADDRESS_IN_USE, () -> socket.stream(null));
        assertEquals(List.of("close"), second.calls());
        transports.add(new ScriptedTransport());
        assertEquals(List.of("kept"), received(socket.stream(null)));
    }
}
