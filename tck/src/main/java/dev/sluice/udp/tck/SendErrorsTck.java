// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** The errors of one datagram (E1 to E9): as the first and behind another, in a list and in a batch. */
@EnumSource(IpAddressFamily.class)
public abstract class SendErrorsTck extends RuleTest {

    /** For subclasses. */
    protected SendErrorsTck() {}

    @Test
    final void E1_theOtherFamily() throws Exception {
        assertInvalid(new InetSocketAddress(Hosts.loopback(Hosts.other(family)), 4000));
    }

    @Test
    final void E1_unresolved() throws Exception {
        assertInvalid(InetSocketAddress.createUnresolved("nowhere.invalid", 4000));
    }

    @Test
    final void E1_comesBeforePortZero() throws Exception {
        assertInvalid(new InetSocketAddress(Hosts.loopback(Hosts.other(family)), 0));
    }

    @Test
    final void E2_unspecified() throws Exception {
        assertInvalid(new InetSocketAddress(Hosts.unspecified(family), 4000));
    }

    @Test
    final void E3_portZero() throws Exception {
        assertInvalid(loopback(0));
    }

    @Test
    final void E4_anotherThanThePeer() throws Exception {
        Peer peer = peer();
        Peer other = peer();
        assertRefused(ErrorCode.INVALID_ARGUMENT, streamsTo(peer.address()), peer, datagram("bad", other.address()));
        assertEquals(List.of(), other.texts());
    }

    @Test
    final void E5_noDestinationAtAll() throws Exception {
        assertRefused(ErrorCode.INVALID_ARGUMENT, streams(), peer(), datagram("bad", null));
    }

    @Test
    final void E6_largerThanTheProtocol() throws Exception {
        Peer peer = peer();
        for (int size : new int[] {family.maxDatagramSize() + 1, 65_536, 70_000}) {
            OutgoingDatagram bad = datagram("x".repeat(size), peer.address());
            assertRefused(ErrorCode.DATAGRAM_TOO_LARGE, streams(), peer, bad);
            assertRefused(ErrorCode.DATAGRAM_TOO_LARGE, streamsTo(peer.address()), peer, bad);
        }
    }

    @Test
    final void E8_aClosedPort() throws Exception {
        DatagramStreams streams = streamsTo(closedPort());
        assertEquals(1, send(streams.outgoing(), datagram("to a closed port", null)));
        awaitPendingError(streams.incoming());
        SocketErrorException error =
                assertCode(ErrorCode.CONNECTION_REFUSED, () -> send(streams.outgoing(), datagram("x", null)));
        assertTrue(error.getStackTrace().length <= 1, "errors of send are cheap: they carry no stack trace");
        assertTrue(error.concernsEarlierDatagram(), "S8: this one was not sent");
        assertEquals(1, send(streams.outgoing(), datagram("x", null)), "S8: reported once");
    }

    @Test
    final void E8_withoutAPeerAClosedPortIsNoError() throws Exception {
        InetSocketAddress closed = closedPort();
        Peer peer = peer();
        DatagramStreams streams = streams();
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    2, send(streams.outgoing(), datagram("to a closed port", closed), datagram("x", peer.address())));
        }
        assertEquals(List.of(), streams.incoming().receive(1));
        assertEquals(5, peer.texts().size());
    }

    @Test
    final void S7_aMissingListIsNoSend() throws Exception {
        OutgoingDatagramStream out = streams().outgoing();
        assertThrows(NullPointerException.class, () -> out.send(null));
        assertThrows(NullPointerException.class, () -> out.send(null, 0, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> out.send(new DatagramBatch(1, 1), 0, 1));
    }
}
