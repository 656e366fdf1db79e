// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static dev.sluice.udp.UdpSocketOptions.RECEIVE_PATH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.UdpSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a datagram came to, where it leaves from, and its ECN bits (O3 to O5). */
@EnumSource(IpAddressFamily.class)
public abstract class PathTck extends RuleTest {

    /** For subclasses. */
    protected PathTck() {}

    /** Addresses that a loopback interface has without any setting: all of 127.0.0.0/8, and of IPv6 a single one. */
    private List<InetAddress> ownAddresses() {
        return family == IpAddressFamily.IPV4
                ? List.of(Hosts.ip4(127, 0, 0, 1), Hosts.ip4(127, 0, 0, 2))
                : List.of(Hosts.loopback(family));
    }

    /** A socket on every address that receives with paths. */
    private UdpSocket everywhere() throws Exception {
        return everywhere(Network.unrestricted());
    }

    private UdpSocket everywhere(Network network) throws Exception {
        UdpSocket socket = socket();
        socket.setOption(RECEIVE_PATH, true);
        socket.bind(network, new InetSocketAddress(Hosts.unspecified(family), 0));
        return socket;
    }

    private static OutgoingDatagram datagram(String text, InetSocketAddress remote, DatagramPath path) {
        return new OutgoingDatagram(bytes(text), remote, path);
    }

    @Test
    final void O3_whatAProviderLacksIsNotSupported() throws Exception {
        if (can(ProviderCapability.DATAGRAM_PATHS)) {
            return;
        }
        UdpSocket socket = bound();
        Peer peer = peer();
        assertFalse(socket.supportedOptions().contains(RECEIVE_PATH));
        assertCode(ErrorCode.NOT_SUPPORTED, () -> socket.getOption(RECEIVE_PATH));
        assertCode(ErrorCode.NOT_SUPPORTED, () -> socket.setOption(RECEIVE_PATH, true));
        assertCode(ErrorCode.NOT_SUPPORTED, () -> socket.setOption(RECEIVE_PATH, false));
        DatagramPath path = DatagramPath.from(Hosts.loopback(family));
        assertRefused(
                ErrorCode.NOT_SUPPORTED, socket.stream(null), peer, datagram("not supported", peer.address(), path));
        DatagramPath marked = DatagramPath.ofTrafficClass(DatagramPath.ECT_0);
        assertRefused(
                ErrorCode.NOT_SUPPORTED, socket.stream(peer.address()), peer, datagram("not supported", null, marked));
    }

    @Test
    final void O3_aReplyIsADatagramToTheSourceWithOrWithoutPaths() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(null);
        peer.send(socket.localAddress(), "question");
        IncomingDatagram question = receive(streams.incoming(), 1).get(0);
        assertNull(question.path(), "nothing was asked for");
        assertEquals(1, send(streams.outgoing(), question.reply(bytes("answer"))));
        assertEquals(List.of("answer"), peer.texts());
    }

    @Test
    final void O3_pathsAreOffAtFirstAndCanBeSwitched() throws Exception {
        if (!can(ProviderCapability.DATAGRAM_PATHS)) {
            return;
        }
        UdpSocket socket = socket();
        assertTrue(socket.supportedOptions().contains(RECEIVE_PATH));
        assertFalse(socket.getOption(RECEIVE_PATH));
        socket.setOption(RECEIVE_PATH, true);
        assertTrue(socket.getOption(RECEIVE_PATH));
        socket.bind(loopback(0));
        DatagramStreams streams = socket.stream(null);
        Peer peer = peer();
        for (boolean on : new boolean[] {true, false, true}) {
            socket.setOption(RECEIVE_PATH, on);
            assertEquals(on, socket.getOption(RECEIVE_PATH));
            peer.send(socket.localAddress(), "x");
            assertEquals(on, receive(streams.incoming(), 1).get(0).path() != null);
        }
        socket.close();
        assertCode(ErrorCode.INVALID_STATE, () -> socket.getOption(RECEIVE_PATH));
        assertCode(ErrorCode.INVALID_STATE, () -> socket.setOption(RECEIVE_PATH, true));
    }

    @Test
    final void O3_aDatagramTellsWhereItCameTo() throws Exception {
        if (!can(ProviderCapability.DATAGRAM_PATHS)) {
            return;
        }
        UdpSocket socket = everywhere();
        IncomingDatagramStream in = socket.stream(null).incoming();
        Peer peer = peer();
        for (InetAddress address : ownAddresses()) {
            InetSocketAddress to =
                    new InetSocketAddress(address, socket.localAddress().getPort());
            peer.send(to, "in a list");
            DatagramPath path = receive(in, 1).get(0).path();
            assertEquals(address, path.localAddress());
            assertEquals(address, path.destination());
            assertTrue(path.interfaceIndex() > 0);
            assertEquals(DatagramPath.NOT_ECT, path.ecn());
            peer.send(to, "in a batch");
            DatagramBatch batch = new DatagramBatch(2, 70_000);
            await(in.subscribe());
            assertEquals(1, in.receive(batch, 2));
            assertEquals(path, batch.path(0));
        }
    }

    @Test
    final void O3_theAnswerComesFromTheAddressThatWasAsked() throws Exception {
        if (!can(ProviderCapability.DATAGRAM_PATHS)) {
            return;
        }
        UdpSocket server = everywhere();
        DatagramStreams serving = server.stream(null);
        for (InetAddress address : ownAddresses()) {
            DatagramStreams client = streamsTo(
                    new InetSocketAddress(address, server.localAddress().getPort()));
            assertEquals(1, send(client.outgoing(), toPeer("question")));
            IncomingDatagram question = receive(serving.incoming(), 1).get(0);
            assertEquals(1, send(serving.outgoing(), question.reply(bytes("answer"))));
            assertEquals(List.of("answer"), texts(receive(client.incoming(), 1)), () -> "asked " + address);
        }
    }

    @Test
    final void O3_theTrafficClassArrivesAsItWasSent() throws Exception {
        if (!can(ProviderCapability.DATAGRAM_PATHS)) {
            return;
        }
        UdpSocket receiver = everywhere();
        InetSocketAddress to = loopback(receiver.localAddress().getPort());
        IncomingDatagramStream in = receiver.stream(null).incoming();
        UdpSocket sender = bound();
        for (InetSocketAddress peer : new InetSocketAddress[] {null, to}) {
            OutgoingDatagramStream out = sender.stream(peer).outgoing();
            for (int octet : new int[] {0, 1, 2, 3, 0x2e << 2 | DatagramPath.ECT_1, 0xff}) {
                assertEquals(1, send(out, datagram("x", to, DatagramPath.ofTrafficClass(octet))));
                assertEquals(octet, receive(in, 1).get(0).path().trafficClass());
            }
        }
    }

    @Test
    final void O3_theSettingOutlivesAChangeOfPeer() throws Exception {
        if (!can(ProviderCapability.DATAGRAM_PATHS)) {
            return;
        }
        UdpSocket socket = everywhere();
        InetSocketAddress to = loopback(socket.localAddress().getPort());
        Peer first = peer();
        socket.stream(first.address());
        first.send(to, "queued");
        IncomingDatagramStream in = socket.stream(null).incoming();
        assertTrue(socket.getOption(RECEIVE_PATH));
        peer().send(to, "later");
        for (IncomingDatagram datagram : receive(in, 2)) {
            assertEquals(to.getAddress(), datagram.path().localAddress(), texts(List.of(datagram))::toString);
        }
    }

    @Test
    final void O4_datagramsThatDifferInNothingElseKeepTheirOwn() throws Exception {
        if (!can(ProviderCapability.DATAGRAM_PATHS)) {
            return;
        }
        UdpSocket receiver = everywhere();
        IncomingDatagramStream in = receiver.stream(null).incoming();
        UdpSocket sender = socket();
        sender.bind(new InetSocketAddress(Hosts.unspecified(family), 0));
        OutgoingDatagramStream out = sender.stream(null).outgoing();
        InetSocketAddress to = loopback(receiver.localAddress().getPort());
        List<DatagramPath> paths = new ArrayList<>();
        for (InetAddress address : ownAddresses()) {
            paths.add(DatagramPath.from(address).withEcn(DatagramPath.ECT_0));
            paths.add(DatagramPath.from(address).withEcn(DatagramPath.CE));
            paths.add(DatagramPath.from(address).withEcn(DatagramPath.CE)); // another object of the same value
        }
        List<OutgoingDatagram> list = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int run = i / 3; // runs of three, and now and then a single one between two of the same
            DatagramPath path = i % 10 == 9 ? null : paths.get(run % paths.size());
            list.add(datagram(String.format("%04d", i), to, path));
        }
        DatagramBatch batch = new DatagramBatch(list.size(), 10_000);
        list.forEach(datagram -> batch.add(datagram.remoteAddress(), datagram.data(), datagram.path()));
        for (boolean asBatch : new boolean[] {false, true}) {
            if (asBatch) {
                int sent = 0;
                while (sent < batch.size()) {
                    await(out.subscribe());
                    out.checkSend();
                    sent += out.send(batch, sent, batch.size());
                }
            } else {
                sendAll(out, list);
            }
            List<IncomingDatagram> received = receive(in, list.size());
            for (int i = 0; i < list.size(); i++) {
                DatagramPath chosen = list.get(i).path();
                IncomingDatagram datagram = received.get(i);
                assertEquals(String.format("%04d", i), texts(List.of(datagram)).get(0));
                assertEquals(chosen == null ? 0 : chosen.ecn(), datagram.path().ecn(), "datagram " + i);
                if (chosen != null) {
                    assertEquals(chosen.localAddress(), datagram.remoteAddress().getAddress(), "datagram " + i);
                }
            }
        }
    }

    @Test
    final void O5_E1_aSourceThatCanBeNoneIsInvalid() throws Exception {
        if (!can(ProviderCapability.DATAGRAM_PATHS)) {
            return;
        }
        Peer peer = peer();
        UdpSocket socket = bound();
        for (InetAddress source : List.of(
                Hosts.loopback(Hosts.other(family)),
                Hosts.unspecified(family),
                family == IpAddressFamily.IPV4
                        ? Hosts.ip4(239, 1, 2, 3)
                        : Hosts.ip6("ff150000000000000000000000000001", 0))) {
            for (InetSocketAddress remote : new InetSocketAddress[] {null, peer.address()}) {
                assertRefused(
                        ErrorCode.INVALID_ARGUMENT,
                        socket.stream(remote),
                        peer,
                        datagram("from " + source, peer.address(), DatagramPath.from(source)));
            }
        }
    }

    @Test
    final void O3_aSourceThatThisHostDoesNotHaveIsNotBindable() throws Exception {
        if (!can(ProviderCapability.DATAGRAM_PATHS)) {
            return;
        }
        Peer peer = peer();
        UdpSocket socket = bound();
        DatagramPath foreign = DatagramPath.from(Hosts.foreign(family));
        for (InetSocketAddress remote : new InetSocketAddress[] {null, peer.address()}) {
            DatagramStreams streams = socket.stream(remote);
            assertRefused(ErrorCode.ADDRESS_NOT_BINDABLE, streams, peer, datagram("foreign", peer.address(), foreign));
            List<OutgoingDatagram> run = new ArrayList<>();
            for (int i = 0; i < 100; i++) { // as a run that the kernel might segment, too
                run.add(datagram("foreign", peer.address(), foreign));
            }
            assertCode(ErrorCode.ADDRESS_NOT_BINDABLE, () -> send(streams.outgoing(), run));
        }
    }

    @Test
    final void O3_anInterfaceThatDoesNotExistIsInvalid() throws Exception {
        if (!can(ProviderCapability.DATAGRAM_PATHS)) {
            return;
        }
        Peer peer = peer();
        DatagramPath nowhere = DatagramPath.from(Hosts.loopback(family)).withInterface(Integer.MAX_VALUE);
        assertRefused(ErrorCode.INVALID_ARGUMENT, streams(), peer, datagram("x", peer.address(), nowhere));
    }

    @Test
    final void O5_theNetworkIsAskedAboutASourceAsAboutABind() throws Exception {
        if (!can(ProviderCapability.DATAGRAM_PATHS)) {
            return;
        }
        TestNetwork network = new TestNetwork();
        UdpSocket socket = everywhere(network);
        Peer peer = peer();
        DatagramPath path = DatagramPath.from(Hosts.loopback(family));
        OutgoingDatagram datagram = datagram("allowed", peer.address(), path);
        InetSocketAddress source = loopback(socket.localAddress().getPort());
        DatagramStreams streams = socket.stream(null);
        network.asked.clear();
        assertEquals(1, send(streams.outgoing(), datagram));
        assertEquals(List.of("send " + peer.address(), "bind " + source), network.asked);
        assertEquals(List.of("allowed"), peer.texts());
        network.bind = address -> !address.equals(source);
        assertRefused(ErrorCode.ACCESS_DENIED, streams, peer, datagram("not allowed", peer.address(), path));
    }

    @Test
    final void O5_N1_comesBehindTheDestinationAndBeforeTheSize() throws Exception {
        if (!can(ProviderCapability.DATAGRAM_PATHS)) {
            return;
        }
        TestNetwork network = new TestNetwork();
        UdpSocket socket = everywhere(network);
        OutgoingDatagramStream out = socket.stream(null).outgoing();
        DatagramPath path = DatagramPath.from(Hosts.loopback(family));
        network.bind = address -> false;
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> send(out, datagram("x", loopback(0), path)));
        String tooLarge = "x".repeat(70_000);
        assertCode(ErrorCode.ACCESS_DENIED, () -> send(out, datagram(tooLarge, loopback(4000), path)));
        network.send = address -> false;
        network.asked.clear();
        assertCode(ErrorCode.ACCESS_DENIED, () -> send(out, datagram("x", loopback(4000), path)));
        assertEquals(List.of("send " + loopback(4000)), network.asked);
    }
}
