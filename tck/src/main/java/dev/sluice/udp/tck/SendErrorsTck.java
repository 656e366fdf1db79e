package dev.sluice.udp.tck;

import static dev.sluice.udp.IpAddressFamily.IPV4;
import static dev.sluice.udp.IpAddressFamily.IPV6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The errors of one datagram (E1 to E9), alone, and behind a good one, from a list and from a batch. */
public abstract class SendErrorsTck extends RuleTest {

    /** For subclasses. */
    protected SendErrorsTck() {}

    /** Asserts that a datagram is refused with a code wherever it stands, and that the stream works afterwards. */
    private void assertRefused(ErrorCode code, DatagramStreams streams, Peer peer, OutgoingDatagram bad)
            throws Exception {
        OutgoingDatagramStream out = streams.outgoing();
        OutgoingDatagram good = datagram("good", peer.address());
        SocketErrorException error = assertCode(code, () -> send(out, bad, good));
        assertEquals(0, error.getStackTrace().length, "errors of send carry no stack trace");
        assertEquals(1, send(out, good, bad));
        assertCode(code, () -> send(out, bad));

        DatagramBatch batch = new DatagramBatch(3, 150_000);
        assertTrue(batch.add(bad.remoteAddress(), bad.data()) && batch.add(peer.address(), good.data()));
        assertTrue(batch.add(bad.remoteAddress(), bad.data()));
        out.checkSend();
        assertCode(code, () -> out.send(batch, 0, 3));
        out.checkSend();
        assertEquals(1, out.send(batch, 1, 3));
        assertEquals(List.of("good", "good"), peer.texts());
    }

    private void assertInvalid(InetSocketAddress remote) throws Exception {
        OutgoingDatagram bad = datagram("bad", remote);
        Peer peer = peer();
        assertRefused(ErrorCode.INVALID_ARGUMENT, streams(), peer, bad);
        assertRefused(ErrorCode.INVALID_ARGUMENT, streamsTo(peer.address()), peer, bad);
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> streamsTo(remote)); // as a peer it is refused alike (U3)
    }

    @Test
    final void E1_theOtherFamily() throws Exception {
        assertInvalid(new InetSocketAddress(Hosts.loopback(Hosts.other(family)), 4000));
    }

    @Test
    final void E1_unresolved() throws Exception {
        assertInvalid(InetSocketAddress.createUnresolved("nowhere.invalid", 4000));
    }

    @Test
    final void E1_ipv4InDisguise() throws Exception {
        assumeTrue(family == IPV6, "only IPv6 addresses can be that");
        InetAddress mapped = Hosts.ip6("00000000000000000000ffff7f000001", 0);
        InetAddress compatible = Hosts.ip6("0000000000000000000000007f000001", 0);
        assertInvalid(new InetSocketAddress(mapped, 4000));
        assertInvalid(new InetSocketAddress(compatible, 4000));
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
    final void E4_theScopeCounts() throws Exception {
        assumeTrue(family == IPV6, "only IPv6 addresses have one");
        Peer peer = peer();
        InetAddress scoped = Hosts.ip6("00000000000000000000000000000001", 1);
        InetSocketAddress remote = new InetSocketAddress(scoped, peer.address().getPort());
        assertRefused(ErrorCode.INVALID_ARGUMENT, streamsTo(peer.address()), peer, datagram("bad", remote));
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
        assertEquals(1, send(streams.outgoing(), datagram("to nobody", null)));
        awaitPendingError(streams.incoming());
        SocketErrorException error =
                assertCode(ErrorCode.CONNECTION_REFUSED, () -> send(streams.outgoing(), datagram("x", null)));
        assertEquals(0, error.getStackTrace().length);
    }

    @Test
    final void E8_aClosedPortIsSilentWithoutAPeer() throws Exception {
        InetSocketAddress closed = closedPort();
        Peer peer = peer();
        DatagramStreams streams = streams();
        for (int i = 0; i < 5; i++) {
            assertEquals(2, send(streams.outgoing(), datagram("to nobody", closed), datagram("x", peer.address())));
        }
        assertEquals(List.of(), streams.incoming().receive(1));
        assertEquals(5, peer.texts().size());
    }

    @Test
    final void E9_aBroadcastIsNotAllowed() throws Exception {
        assumeTrue(family == IPV4, "IPv6 has no broadcast");
        Peer peer = peer();
        InetSocketAddress broadcast = new InetSocketAddress(Hosts.ip4(127, 255, 255, 255), 4000);
        assertRefused(ErrorCode.ACCESS_DENIED, streams(), peer, datagram("bad", broadcast));
    }

    @Test
    final void S7_aMissingListIsNoSend() throws Exception {
        OutgoingDatagramStream out = streams().outgoing();
        assertThrows(NullPointerException.class, () -> out.send(null));
        assertThrows(NullPointerException.class, () -> out.send(null, 0, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> out.send(new DatagramBatch(1, 1), 0, 1));
    }
}
