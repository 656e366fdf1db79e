// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketOptions;
import dev.sluice.udp.spi.Errno;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What stands beside a datagram's address, on its way through the SPI (O3 to O5). */
class PathTest extends Scripted {
    private static final DatagramPath HERE = DatagramPath.from(PEER.getAddress());
    private static final DatagramPath FOREIGN = DatagramPath.from(new InetSocketAddress("192.0.2.1", 0).getAddress());
    private static final DatagramPath MARKED = DatagramPath.ofTrafficClass(DatagramPath.ECT_0);

    private static OutgoingDatagram datagram(String text, DatagramPath path) {
        return new OutgoingDatagram(bytes(text), PEER, path);
    }

    private List<DatagramPath> sentPaths() {
        return transport.sent().stream().map(ScriptedTransport.Sent::path).collect(Collectors.toList());
    }

    @Test
    void O3_withoutThemTheTransportIsAskedForNothing() throws Exception {
        transport.withoutPaths();
        UdpSocket socket = bound();
        OutgoingDatagramStream out = socket.stream(null).outgoing();
        transport.calls().clear();
        assertCode(ErrorCode.NOT_SUPPORTED, () -> socket.getOption(UdpSocketOptions.RECEIVE_PATH));
        assertCode(ErrorCode.NOT_SUPPORTED, () -> socket.setOption(UdpSocketOptions.RECEIVE_PATH, true));
        assertCode(ErrorCode.NOT_SUPPORTED, () -> send(out, List.of(datagram("x", HERE))));
        assertEquals(List.of(), transport.calls());
    }

    @Test
    void O3_eachIsHandedOverWithItsOwn() throws Exception {
        OutgoingDatagramStream out = streams(null).outgoing();
        List<DatagramPath> paths = Arrays.asList(null, HERE, HERE, MARKED, null, HERE.withEcn(1));
        List<OutgoingDatagram> list = new ArrayList<>();
        DatagramBatch batch = new DatagramBatch(10, 100);
        for (DatagramPath path : paths) {
            list.add(datagram("x", path));
            batch.add(PEER, bytes("x"), path);
        }
        assertEquals(6, send(out, list));
        assertEquals(paths, sentPaths());
        transport.sent().clear();
        out.checkSend();
        assertEquals(6, out.send(batch, 0, 6));
        assertEquals(paths, sentPaths());
        transport.sent().clear();
        assertEquals(1, send(out, list.subList(3, 4)));
        assertTrue(out.trySend(list.get(1)));
        assertEquals(List.of(MARKED, HERE), sentPaths());
    }

    @Test
    void O3_O4_eachIsReceivedWithItsOwn() throws Exception {
        DatagramStreams streams = streams(null);
        List<DatagramPath> paths = Arrays.asList(HERE, null, MARKED);
        for (boolean asBatch : new boolean[] {false, true}) {
            paths.forEach(path -> transport.arrive(new byte[1], PEER, path));
            if (asBatch) {
                DatagramBatch batch = new DatagramBatch(10, 200_000);
                assertEquals(3, streams.incoming().receive(batch, 10));
                for (int i = 0; i < 3; i++) {
                    assertEquals(paths.get(i), batch.path(i));
                }
            } else {
                assertEquals(
                        paths,
                        streams.incoming().receive(10).stream()
                                .map(IncomingDatagram::path)
                                .collect(Collectors.toList()));
            }
        }
    }

    @Test
    void O3_U4_whatIsKeptOverAChangeOfPeerKeepsIt() throws Exception {
        transport.rememberingPeers();
        UdpSocket socket = bound();
        socket.stream(PEER);
        transport.arrive(new byte[1], PEER, HERE);
        transport.arrive(new byte[1], PEER, MARKED);
        transport.arrive(new byte[1], PEER, HERE);
        DatagramStreams streams = socket.stream(null);
        assertEquals(HERE, streams.incoming().receive(1).get(0).path());
        DatagramBatch batch = new DatagramBatch(10, 200_000);
        assertEquals(2, streams.incoming().receive(batch, 2));
        assertEquals(MARKED, batch.path(0));
        assertEquals(HERE, batch.path(1));
    }

    @Test
    void O5_theNetworkIsAskedUnderNoLockForEachSendAndOncePerPath() throws Exception {
        List<InetSocketAddress> asked = new ArrayList<>();
        OutgoingDatagramStream out = bound(new OpenNetwork() {
                    @Override
                    public boolean mayBind(InetSocketAddress local) {
                        asked.add(local);
                        return !local.getAddress().equals(FOREIGN.localAddress());
                    }
                })
                .stream(null)
                .outgoing();
        asked.clear();
        InetSocketAddress source = new InetSocketAddress(HERE.localAddress(), 40_000);
        List<OutgoingDatagram> list = List.of(datagram("1", HERE), datagram("2", HERE), datagram("3", FOREIGN));
        assertEquals(2, send(out, list));
        assertEquals(List.of(source, new InetSocketAddress(FOREIGN.localAddress(), 40_000)), asked);
        assertEquals(List.of(HERE, HERE), sentPaths());
        assertCode(ErrorCode.ACCESS_DENIED, () -> send(out, list.subList(2, 3)));
        asked.clear();
        out.trySend(list.get(0));
        out.trySend(list.get(0));
        assertEquals(List.of(source, source), asked);
        assertEquals(1, send(out, List.of(datagram("4", MARKED))));
        assertEquals(2, asked.size(), "no source is chosen");
    }

    /** What the kernel answers then looks like an unreachable network, also to the code that looks for pending errors. */
    @Test
    void O3_aSourceThatTheHostLacksIsItsOwnError() throws Exception {
        OutgoingDatagramStream out = streams(PEER).outgoing();
        for (Errno errno : List.of(Errno.ENETUNREACH, Errno.EINVAL)) {
            transport.onSend(taking(1), failing(errno), failing(errno), failing(errno));
            List<OutgoingDatagram> list = List.of(datagram("1", HERE), datagram("2", FOREIGN));
            assertEquals(1, send(out, list));
            for (int times = 0; times < 2; times++) {
                SocketErrorException error =
                        assertCode(ErrorCode.ADDRESS_NOT_BINDABLE, () -> send(out, list.subList(1, 2)));
                assertEquals(errno.number(), error.errno().orElse(0));
                assertTrue(!error.concernsEarlierDatagram());
            }
        }
    }

    @Test
    void O3_anErrorOfThePathStaysWhatItIsIfTheHostHasTheSource() throws Exception {
        transport.onSend(failing(Errno.ENETUNREACH));
        OutgoingDatagramStream out = streams(null).outgoing();
        assertCode(ErrorCode.REMOTE_UNREACHABLE, () -> send(out, List.of(datagram("1", HERE))));
    }
}
